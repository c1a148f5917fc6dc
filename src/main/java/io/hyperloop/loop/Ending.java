package io.hyperloop.loop;

import java.util.List;

/** How a run of the loop ended, other than by a failure. */
public sealed interface Ending {

  /** Every spec is in sync and no task is open. */
  record Converged() implements Ending {}

  /** Nothing goes on without a person; one line each. */
  record NeedsHuman(List<String> why) implements Ending {
    public NeedsHuman {
      why = List.copyOf(why);
    }
  }

  /** Somebody asked it to stop. */
  record Stopped() implements Ending {}
}
