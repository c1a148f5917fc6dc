package io.hyperloop.loop;

import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import java.time.Instant;

/**
 * What decides: {@link io.hyperloop.domain.Decide}; watched, or broken on purpose, in simulation.
 */
@FunctionalInterface
public interface Rules {
  Decision decide(State state, Sight sight, Limits limits, Instant now);
}
