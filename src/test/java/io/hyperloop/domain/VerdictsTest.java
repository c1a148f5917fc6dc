package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether an agent's word stands. */
class VerdictsTest {
  private static final Delivery CHANGED = new Delivery.Taken(World.ROOT, true);
  private static final Delivery UNCHANGED = new Delivery.Taken(World.ROOT, false);
  private static final Delivery FORBIDDEN = new Delivery.Forbidden(List.of("specs/a.md"));
  private static final Delivery UNUSABLE = new Delivery.Unusable("its HEAD is gone");

  private static Outcome reported(Report.Verdict verdict, Delivery delivery) {
    return Verdicts.of(
        "implementer", new WorkerEnd.Reported(new Report(verdict, "detail", false), delivery));
  }

  @Test
  void aPassWithChangesPasses() {
    assertThat(reported(Report.Verdict.PASS, CHANGED)).isEqualTo(new Outcome.Passed("detail"));
  }

  @Test
  void aPassOfAReaderPasses() {
    assertThat(reported(Report.Verdict.PASS, new Delivery.ReadOnly()))
        .isInstanceOf(Outcome.Passed.class);
  }

  @Test
  void aPassThatChangedNothingIsARejection() {
    assertThat(reported(Report.Verdict.PASS, UNCHANGED))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.role()).isEqualTo(Review.ORCHESTRATOR);
              assertThat(rejected.finding()).contains("no change", "no_change");
            });
  }

  @Test
  void aPassThatSaysThatNothingIsToBeChangedPasses() {
    var report = new Report(Report.Verdict.PASS, "it is there", true);
    assertThat(Verdicts.of("implementer", new WorkerEnd.Reported(report, UNCHANGED)))
        .isInstanceOf(Outcome.Passed.class);
  }

  @Test
  void aFailureOfAWriterNeedsNoChange() {
    assertThat(reported(Report.Verdict.FAIL, UNCHANGED))
        .isEqualTo(new Outcome.Rejected("implementer", "detail"));
  }

  @Test
  void aQuestionNeedsNoChange() {
    assertThat(reported(Report.Verdict.QUESTION, UNCHANGED)).isEqualTo(new Outcome.Asked("detail"));
  }

  @ParameterizedTest
  @EnumSource(Report.Verdict.class)
  void forbiddenChangesRejectTheRoundWhateverTheVerdictListingThePaths(Report.Verdict verdict) {
    assertThat(reported(verdict, FORBIDDEN))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.role()).isEqualTo(Review.ORCHESTRATOR);
              assertThat(rejected.finding()).contains("specs/a.md");
            });
  }

  @Test
  void tenThousandForbiddenPathsAreListedInShort() {
    var many = new Delivery.Forbidden(Collections.nCopies(10_000, ".hyperloop/base/x"));
    assertThat(reported(Report.Verdict.PASS, many))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.finding()).contains("9980 more").hasSizeLessThan(1000));
  }

  @ParameterizedTest
  @EnumSource(Report.Verdict.class)
  void workThatCannotBeTakenOverRejectsTheRound(Report.Verdict verdict) {
    assertThat(reported(verdict, UNUSABLE))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.finding()).contains("its HEAD is gone"));
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void noVerdictIsNeverAPass(Breakage kind) {
    for (Delivery delivery : List.of(CHANGED, UNCHANGED, UNUSABLE, new Delivery.ReadOnly())) {
      assertThat(Verdicts.of("implementer", new WorkerEnd.Silent(kind, "why", delivery)))
          .isEqualTo(new Outcome.Broken(kind, "why"));
    }
  }

  @Test
  void aCrashThatLeftForbiddenChangesIsARejectionToo() {
    var end = new WorkerEnd.Silent(Breakage.CRASHED, "why", FORBIDDEN);
    assertThat(Verdicts.of("implementer", end)).isInstanceOf(Outcome.Rejected.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Breakage.class,
      names = {"ENDED_BY_US", "FOUND_AT_START", "QUOTA"})
  void anEndThatIsNotTheWorkersFaultCostsNoRoundHoweverItLeftItsWorkTree(Breakage kind) {
    var end = new WorkerEnd.Silent(kind, "why", FORBIDDEN);
    assertThat(Verdicts.of("implementer", end)).isInstanceOf(Outcome.Broken.class);
  }

  @Test
  void aFailureWithoutAFindingSaysSo() {
    var report = new Report(Report.Verdict.FAIL, " ", false);
    assertThat(Verdicts.of("verifier", new WorkerEnd.Reported(report, new Delivery.ReadOnly())))
        .isEqualTo(new Outcome.Rejected("verifier", "(failed without a finding)"));
  }

  @Test
  void aConflictListsTheFilesAndTheCommitToBuildOn() {
    Outcome outcome = Verdicts.of(new MergeEnd.Conflict(List.of("src/a.c", "src/b.c"), World.ROOT));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.finding()).contains("src/a.c", "src/b.c", World.ROOT));
  }
}
