package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the whole stands after a cycle. */
public sealed interface Standing {

  /**
   * Jobs run, or something is due later.
   *
   * @param next when time alone will change something; null if only an event will
   */
  record Busy(@Nullable Instant next) implements Standing {}

  /**
   * Nothing runs; people must act before anything goes on, and may do so while we wait.
   *
   * @param forWhat one line each
   */
  record Waiting(List<String> forWhat, @Nullable Instant next) implements Standing {
    public Waiting {
      forWhat = List.copyOf(forWhat);
    }
  }

  /** Every task is terminal or blocked, there is no gap and no job. */
  record Settled(boolean converged, List<String> needsHuman) implements Standing {
    public Settled {
      needsHuman = List.copyOf(needsHuman);
    }
  }

  /** It makes no sense to go on by itself, as after too many failures of the PM. */
  record Stuck(String why) implements Standing {}
}
