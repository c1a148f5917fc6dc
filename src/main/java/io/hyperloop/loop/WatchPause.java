package io.hyperloop.loop;

import io.hyperloop.domain.Decide;
import io.hyperloop.domain.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** After the PM failed too often, {@code watch} waits for a new day or for an edit. */
final class WatchPause {
  private @Nullable String tip;
  private @Nullable LocalDate day;

  void begin(String atTip, Instant now) {
    if (tip == null) {
      tip = atTip;
      day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
  }

  /** The state to go on with: with new chances for the PM once the pause is over. */
  State lift(State state, String atTip, Instant now) {
    if (tip == null
        || (tip.equals(atTip) && LocalDate.ofInstant(now, ZoneOffset.UTC).equals(day))) {
      return state;
    }
    tip = null;
    day = null;
    return Decide.atStart(state);
  }
}
