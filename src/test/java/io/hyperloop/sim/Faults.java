package io.hyperloop.sim;

import io.hyperloop.domain.Dice;
import java.util.EnumMap;
import java.util.Map;

/** What goes wrong, and how often: each seed has its own mix, with some kinds left out. */
final class Faults {

  /** What may go wrong; each with how seldom it does, in calls of its kind. */
  enum Kind {
    /** Everything in memory is lost, at any call, before or after its effect. */
    CRASH(400),
    /** A call fails without effect. */
    CALL_FAILS(150),
    /** A call takes effect, and then fails. */
    REPLY_LOST(200),
    /** A person's merge is in the way of a save. */
    SAVE_HELD(25),
    /** The remote of the lease is away, or slow. */
    LEASE(10),
    /** Another clone of the remote begins to work. */
    CLONE(12),
    /** The disk is too full for another agent. */
    NO_ROOM(60),
    /** The remote is away, or somebody else wrote to it. */
    SYNC(12),
    /** The overlay does not build. */
    TEMPLATES(30),
    /** A merge does not come about. */
    MERGE(5),
    /** An agent ends without a verdict. */
    AGENT_BREAKS(6),
    AGENT_FAILS(5),
    AGENT_ASKS(12),
    /** An agent says what it said before, or leaves what was there. */
    AGENT_REPEATS(4),
    /** A person has a parked task go on. */
    RETRY(3),
    /** A person raises limits. */
    RAISE(40),
    /** An agent does nothing until its time is up. */
    AGENT_HANGS(25),
    /** What an agent left cannot be taken, or is nothing. */
    DELIVERY(15),
    /** The PM breaks, or answers nonsense. */
    PM_BREAKS(7),
    /** The PM's answer breaks a rule. */
    PM_ERRS(7),
    /** The PM does not answer with tasks. */
    PM_DECLINES(4),
    /** The clock jumps, forward or backward. */
    CLOCK(150),
    /** A person stops the orchestrator. */
    STOP(400),
    /** A person changes the pipeline. */
    PROCESS(12),
    /** A person does something to a pull request. */
    PULL(6),
    /** A branch must have the base's newest commits first. */
    UPDATE(6),
    EDIT(3),
    RENAME(8),
    DELETE(10),
    /** A person answers wrongly, or what nobody asked. */
    MEDDLE(6);

    private final int seldom;

    Kind(int seldom) {
      this.seldom = seldom;
    }
  }

  private final Dice dice;
  private final Map<Kind, Integer> oneIn = new EnumMap<>(Kind.class);
  private boolean calm;

  Faults(Dice dice) {
    this.dice = dice;
    for (Kind kind : Kind.values()) {
      oneIn.put(
          kind,
          switch (dice.below(4)) {
            case 0 -> 0;
            case 1 -> Math.max(2, kind.seldom / 3);
            default -> kind.seldom;
          });
    }
  }

  /** From now on nothing goes wrong any more. */
  void cease() {
    calm = true;
  }

  boolean calm() {
    return calm;
  }

  boolean strikes(Kind kind) {
    int n = oneIn.getOrDefault(kind, 0);
    return !calm && n > 0 && dice.oneIn(n);
  }

  @Override
  public String toString() {
    return oneIn.toString();
  }
}
