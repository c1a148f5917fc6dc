package io.hyperloop.domain;

import java.util.List;

/**
 * What the end of a job means for its step. A verdict is the agent's word; whether it stands is
 * decided here, together with what git says of its work.
 */
final class Verdicts {
  private static final int LISTED_MAX = 20;

  private Verdicts() {}

  /** A worker's end. Without a verdict it is never a pass. */
  static Outcome of(String role, WorkerEnd end) {
    return switch (end) {
      case WorkerEnd.Silent silent ->
          // What was cut short by us or by others is not judged by how it was left.
          silent.delivery() instanceof Delivery.Forbidden forbidden
                  && silent.kind().counts() == Breakage.Count.ATTEMPT
              ? forbidden(forbidden)
              : new Outcome.Broken(silent.kind(), silent.detail(), silent.until());
      case WorkerEnd.Reported reported -> of(role, reported.report(), reported.delivery());
    };
  }

  private static Outcome of(String role, Report report, Delivery delivery) {
    return switch (delivery) {
      case Delivery.Forbidden forbidden -> forbidden(forbidden);
      case Delivery.Unusable unusable ->
          new Outcome.Rejected(
              Review.ORCHESTRATOR,
              "The work could not be taken over: "
                  + unusable.why()
                  + "\n"
                  + "Work on the commit that is checked out, and do not rewrite what is below"
                  + " it.");
      case Delivery.ReadOnly _ -> judged(role, report);
      case Delivery.Taken taken ->
          report.verdict() == Report.Verdict.PASS && !taken.changed() && !report.noChange()
              ? new Outcome.Rejected(
                  Review.ORCHESTRATOR,
                  "no change: the report says pass, but the branch is as it was. If nothing is to"
                      + " be done, report \"no_change\": true and say why in the detail.")
              : judged(role, report);
    };
  }

  private static Outcome judged(String role, Report report) {
    return switch (report.verdict()) {
      case PASS -> new Outcome.Passed(report.detail());
      case FAIL ->
          new Outcome.Rejected(
              role, report.detail().isBlank() ? "(failed without a finding)" : report.detail());
      case QUESTION -> new Outcome.Asked(report.detail());
    };
  }

  private static Outcome forbidden(Delivery.Forbidden forbidden) {
    List<String> paths = forbidden.paths();
    String listed = String.join("\n", paths.subList(0, Math.min(LISTED_MAX, paths.size())));
    String more = paths.size() > LISTED_MAX ? "\nand " + (paths.size() - LISTED_MAX) + " more" : "";
    return new Outcome.Rejected(
        Review.ORCHESTRATOR,
        "The work changes files that workers may not change, or brings a secret; of these nothing"
            + " was taken:\n"
            + listed
            + more);
  }

  /** A merge's end. */
  static Outcome of(MergeEnd end) {
    return switch (end) {
      case MergeEnd.Merged merged -> new Outcome.Passed(merged.commit());
      case MergeEnd.Conflict conflict ->
          new Outcome.Rejected(
              Review.ORCHESTRATOR,
              "The branch conflicts with the base branch at "
                  + conflict.onto()
                  + " in:\n"
                  + String.join("\n", conflict.files())
                  + "\nMerge that commit into your work and resolve the conflict.");
      case MergeEnd.Updated updated -> new Outcome.Waiting("the branch is at " + updated.head());
      case MergeEnd.Moved _ -> new Outcome.Waiting("the base branch moved");
      case MergeEnd.NotYet notYet -> new Outcome.Waiting(notYet.why());
      case MergeEnd.Refused refused -> new Outcome.Refused(refused.why());
      case MergeEnd.Failed failed -> new Outcome.Broken(Breakage.CRASHED, failed.detail());
    };
  }
}
