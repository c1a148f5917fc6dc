package io.hyperloop.domain;

import java.util.List;

/**
 * What {@link Decide} made of the world: the next state, what to do, what to tell, where we stand.
 */
public record Decision(State next, List<Move> moves, List<Event> events, Standing standing) {
  public Decision {
    moves = List.copyOf(moves);
    events = List.copyOf(events);
  }
}
