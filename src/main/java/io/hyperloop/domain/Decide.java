package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;

/**
 * The one place where hyperloop decides: a pure, total function from what is remembered and what is
 * seen to what is remembered next and what is to be done. Its parts are the four phases of a cycle.
 */
public final class Decide {
  private Decide() {}

  /**
   * Decides one cycle. On an unchanged world that already does what was decided, it decides
   * nothing.
   *
   * @param now the time of this cycle; whole seconds count
   */
  public static Decision decide(State state, Sight sight, Limits limits, Instant now) {
    var draft = new Draft(state, sight, limits, now);
    Stepping stepping = draft.stepping;
    var planning = new Planning(draft, stepping);
    var advance = new Advance(draft, stepping);
    new Collect(draft, stepping, planning).run();
    draft.thrift.park();
    draft.pulls.observe();
    planning.run();
    List<TaskId> failures = draft.intake().failures();
    advance.run();
    planning.failedSince(failures);
    draft.thrift.endTheSpent(stepping);
    draft.publication.publish();
    new Spawn(draft, stepping, advance).run();
    Blocking.tell(draft);
    Standing standing = new Stand(draft).standing();
    return new Decision(draft.next(), draft.moves, draft.events, standing);
  }

  /** The state with which an orchestrator starts: a new start gives the PM new chances. */
  public static State atStart(State state) {
    Intake intake = state.intake();
    if (intake.pmFailures() == 0) {
      return state;
    }
    var edit = new IntakeEdit(intake);
    edit.pmFailures = 0;
    edit.notBefore = null;
    return new State(state.tasks(), state.reviews(), edit.done());
  }
}
