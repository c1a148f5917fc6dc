package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.GateRules.Ruling;
import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What clears a gate, and what does not. */
class GateRulesTest {
  private static final String HEAD = "d".repeat(40);
  private static final String OLDER = "c".repeat(40);

  private final Map<String, Gate> gates = new TreeMap<>();
  private final Map<Long, String> logs = new TreeMap<>();
  private final Pull pull = new Pull(1, HEAD);
  private Task task =
      Task.create(World.id(1), "x", new SpecRef("specs/a.md", World.ROOT), List.of(), "as it says");

  private Ruling judge(Gate gate) {
    gates.put("it", gate);
    return new GateRules(gates, task, pull.seen(), logs).judge("it");
  }

  private void cleared(String gate, String head) {
    var clearances = new TreeMap<>(task.clearances());
    clearances.put(gate, head);
    task = task.edit().clearances(clearances).done();
  }

  private static void waits(Ruling ruling, String... words) {
    assertThat(ruling)
        .isInstanceOfSatisfying(
            Ruling.Waits.class, waits -> assertThat(waits.why()).contains(words));
  }

  @Test
  void aLabelCountsForTheHeadItWasGivenFor() {
    waits(judge(new Gate.Label("lgtm")), "the label lgtm");

    cleared("it", OLDER);
    waits(judge(new Gate.Label("lgtm")), "anew", OLDER.substring(0, 7));

    cleared("it", HEAD);
    assertThat(judge(new Gate.Label("lgtm"))).isEqualTo(new Ruling.Cleared());
  }

  @Test
  void anApprovalCountsForTheHeadItLookedAtAndOnlyIfItIsAnInsiders() {
    pull.review("alice", Association.MEMBER, Opinion.APPROVED, "", OLDER)
        .review("eve", Association.OTHER, Opinion.APPROVED, "", HEAD);
    waits(judge(new Gate.Approval(1)), "an approval");

    pull.review("alice", Opinion.APPROVED, "");
    assertThat(judge(new Gate.Approval(1))).isEqualTo(new Ruling.Cleared());
    waits(judge(new Gate.Approval(2)), "1 of 2 approvals");
  }

  @Test
  void aCommentTakesNoApprovalBackAndARequestForChangesDoes() {
    pull.review("alice", Opinion.APPROVED, "").review("alice", Opinion.COMMENTED, "nice");
    assertThat(judge(new Gate.Approval(1))).isEqualTo(new Ruling.Cleared());

    pull.review("bob", Opinion.CHANGES_REQUESTED, "no");
    waits(judge(new Gate.Approval(1)), "bob to look again");

    pull.review("bob", Opinion.DISMISSED, "");
    assertThat(judge(new Gate.Approval(1))).isEqualTo(new Ruling.Cleared());
  }

  @Test
  void namedChecksMustReportAndPass() {
    pull.check("lint", Result.FAILED).check("build", Result.PASSED);
    var gate = new Gate.Checks(List.of("build", "test"), false);
    waits(judge(gate), "the check test to report");

    pull.check("test", Result.SKIPPED);
    assertThat(judge(gate)).isEqualTo(new Ruling.Cleared());
  }

  @Test
  void whereNothingReportsAGateWaitsUnlessItIsTold() {
    waits(judge(new Gate.Checks(List.of(), false)), "none has");
    assertThat(judge(new Gate.Checks(List.of(), true))).isEqualTo(new Ruling.Cleared());
  }

  @Test
  void aCheckThatWasStoppedSaysNothing() {
    pull.check("build", Result.CANCELLED);

    waits(judge(new Gate.Checks(List.of(), false)), "build", "stopped");
  }

  @Test
  void aFailedCheckIsAFindingAsSoonAsItsLogIsThere() {
    pull.check("build", Result.FAILED);
    waits(judge(new Gate.Checks(List.of(), false)), "log");

    logs.put(7L, "");
    assertThat(judge(new Gate.Checks(List.of(), false)))
        .isInstanceOfSatisfying(
            Ruling.Rejects.class, rejects -> assertThat(rejects.finding()).contains("build", HEAD));
  }

  @Test
  void allMeansEachAndSaysWhatIsMissing() {
    gates.put("label", new Gate.Label("lgtm"));
    gates.put("ci", new Gate.Checks(List.of("build"), false));
    var all = new Gate.All(List.of("label", "ci"));
    waits(judge(all), "the label lgtm", "the check build");

    cleared("label", HEAD);
    waits(judge(all), "the check build");

    pull.check("build", Result.PASSED);
    assertThat(judge(all)).isEqualTo(new Ruling.Cleared());
  }

  @Test
  void oneFailureOfAllIsAFailure() {
    gates.put("label", new Gate.Label("lgtm"));
    gates.put("ci", new Gate.Checks(List.of("build"), false));
    pull.check("build", Result.FAILED);
    logs.put(7L, "");

    assertThat(judge(new Gate.All(List.of("label", "ci")))).isInstanceOf(Ruling.Rejects.class);
  }
}
