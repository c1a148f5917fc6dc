package io.hyperloop.domain;

import java.util.Locale;

/** Why there is no verdict. */
public enum Breakage {
  CRASHED(Count.ATTEMPT),
  TIMED_OUT(Count.ATTEMPT),
  STALLED(Count.ATTEMPT),
  PERMISSION_DENIED(Count.ATTEMPT),
  /** It waits for a person's word that nobody can give it. */
  NEEDS_INPUT(Count.ATTEMPT),
  /** The work tree could not be made ready; the work itself was never tried. */
  SETUP_FAILED(Count.SETUP),
  ENDED_BY_US(Count.NOTHING),
  /** Left over from an orchestrator that is gone. */
  FOUND_AT_START(Count.NOTHING),
  /** It broke just after the machine had slept. */
  SUSPENDED(Count.NOTHING),
  QUOTA(Count.NOTHING),
  THROTTLED(Count.NOTHING),
  OVERLOADED(Count.NOTHING),
  /** The disk is full, or so full that nothing new may start; nothing was started. */
  NO_ROOM(Count.NOTHING),
  /** The key or login was refused: nothing else will work either. */
  CREDENTIALS(Count.NOTHING);

  private final Count counts;

  Breakage(Count counts) {
    this.counts = counts;
  }

  /** What a breakage is counted as. */
  enum Count {
    ATTEMPT,
    SETUP,
    NOTHING
  }

  Count counts() {
    return counts;
  }

  /** Whether it is held against the agent. */
  public boolean counted() {
    return counts == Count.ATTEMPT;
  }

  /** Whether the work was merely interrupted: another run goes on with it. */
  public boolean interrupts() {
    return counts == Count.NOTHING;
  }

  /** Whether to wait before the next try although it is not counted. */
  boolean backsOff() {
    return switch (this) {
      case QUOTA, THROTTLED, OVERLOADED, NO_ROOM, CREDENTIALS -> true;
      case CRASHED, TIMED_OUT, STALLED, PERMISSION_DENIED, NEEDS_INPUT, SETUP_FAILED -> true;
      case ENDED_BY_US, FOUND_AT_START, SUSPENDED -> false;
    };
  }

  /** For people: {@code timed out}. */
  public String words() {
    return this == NO_ROOM ? "no room on disk" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
