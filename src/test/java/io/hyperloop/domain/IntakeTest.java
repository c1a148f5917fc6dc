package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.deferred;
import static io.hyperloop.domain.Reports.question;
import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When the PM is asked, what, and what becomes of its answers. */
class IntakeTest {
  private static List<String> asked(World world) {
    return List.copyOf(Objects.requireNonNull(world.state.intake().plan()).asked().keySet());
  }

  @Test
  void aNewSpecIsAskedAboutAtOnce() {
    World world = World.with("a").cycle();
    assertThat(world.pmRuns()).isTrue();
    assertThat(asked(world)).containsExactly("specs/a.md");
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
  }

  @Test
  void thePmTakesNoWorkerSlot() {
    World world = World.with("a").limits(l -> l.workers(1)).cycle().plan(task("x", "a"));
    world.write("b", "new").cycle();
    assertThat(world.pmRuns()).isTrue();
    assertThat(world.works(1)).isTrue();
  }

  @Test
  void allChangedSpecsGoIntoOneQuestion() {
    World world = World.with("a", "b", "c/d").cycle();
    assertThat(asked(world)).containsExactly("specs/a.md", "specs/b.md", "specs/c/d.md");
    assertThat(world.workers).hasSize(1);
  }

  @Test
  void whatChangesWhileThePmThinksIsAskedNext() {
    World world = World.with("a").cycle().write("b", "new").cycle();
    assertThat(world.workers).hasSize(1);
    world.plan(task("x", "a"));
    assertThat(asked(world)).containsExactly("specs/b.md");
  }

  @Test
  void anAnswerIsTakenForTheTextThatWasAskedAboutAndTheNewTextIsAskedAboutNext() {
    World world = World.with("a").cycle();
    String first = world.commit("a");
    world.write("a", "second").cycle().plan(task("x", "a"));
    assertThat(world.task(1).specRef()).isEqualTo(new SpecRef("specs/a.md", first));
    assertThat(asked(world)).containsExactly("specs/a.md");
    world.plan(task("y", "a"));
    assertThat(world.task(2).specRef().commit()).isEqualTo(world.commit("a"));
  }

  @Test
  void aSatisfiedSpecIsInSync() {
    World world = World.with("a").cycle().pm(satisfied("a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
    assertThat(world.state.intake().handled().get("specs/a.md"))
        .extracting(Handled::note)
        .isEqualTo("it is there");
  }

  @Test
  void aDeferredSpecNeedsAHumanAndIsNotAskedAboutAgain() {
    World world = World.with("a").cycle().pm(deferred("a")).later(Duration.ofDays(1));
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
    assertThat(world.standing())
        .isEqualTo(
            new Standing.Settled(false, List.of("specs/a.md is needs-human (deferred: later)")));
  }

  @Test
  void aSpecLeftOutNeedsAHumanAndIsNotAskedAboutAgain() {
    World world = World.with("a", "b").cycle().plan(task("x", "a")).later(Duration.ofDays(1));
    assertThat(world.status("b")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.status("a")).isEqualTo(SpecStatus.RECONCILING);
    assertThat(world.pmRuns()).isFalse();
  }

  @Test
  void anEditReopensWhatNeededAHuman() {
    World world = World.with("a").cycle().pm(deferred("a")).write("a", "clearer").cycle();
    assertThat(asked(world)).containsExactly("specs/a.md");
  }

  @Test
  void anAnswerToASpecsQuestionReopensItsGap() {
    World world = World.with("a").cycle().pm(question("a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.pmRuns()).isFalse();
    world.answerSpec("a", "the second");
    assertThat(asked(world)).containsExactly("specs/a.md");
    assertThat(world.state.intake().answersFor("specs/a.md")).containsExactly("the second");
    world.pm(satisfied("a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void anAnswerOutlivesTheTasksThatCameOfItForAReplanMayNeedItAgain() {
    World world = World.with("a").cycle().pm(question("a")).answerSpec("a", "the second");
    world.plan(task("x", "a")).limits(l -> l.rounds(1)).pass(1).fail(1, "no");
    assertThat(world.pmRuns()).isTrue();
    assertThat(world.state.intake().answersFor("specs/a.md")).containsExactly("the second");
  }

  @Test
  void anAnswerWhileThePmThinksAboutANewerTextIsNotLost() {
    World world = World.with("a").cycle().pm(question("a")).write("a", "second").cycle();
    JobKey.Planning before = world.pmKey();
    world.answerSpec("a", "the second");
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.EndWorker.class);
    world.pm(new PmEnd.Silent(Breakage.ENDED_BY_US, ""));
    assertThat(world.pmKey().generation()).isGreaterThan(before.generation());
    assertThat(world.state.intake().answersFor("specs/a.md")).containsExactly("the second");
    assertThat(asked(world)).containsExactly("specs/a.md");
  }

  @Test
  void anAnswerThatNoSpecAskedForIsRefused() {
    World world = World.with("a").cycle().pm(satisfied("a")).answerSpec("a", "what?");
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
    assertThat(world.pmRuns()).isFalse();
  }

  @Test
  void anAcceptedSpecIsInSyncForFree() {
    World world = World.with("a", "b").accept("a", "b");
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.started).isEmpty();
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void anAcceptanceOfAnOlderTextIsRefused() {
    World world = World.with("a");
    world.inbox.add(
        new Request.Accept(
            "r", new java.util.TreeMap<>(java.util.Map.of("specs/a.md", "b".repeat(40)))));
    world.cycle();
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
    assertThat(world.pmRuns()).isTrue();
  }

  @Test
  void acceptingASpecThatThePmThinksAboutLeavesItOut() {
    World world = World.with("a", "b").cycle().accept("a");
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.EndWorker.class);
    world.pm(new PmEnd.Silent(Breakage.ENDED_BY_US, ""));
    assertThat(asked(world)).containsExactly("specs/b.md");
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void acceptingANewerTextThanThePmThinksAboutStands() {
    World world = World.with("a").cycle().write("a", "second").cycle().accept("a");
    world.pm(new PmEnd.Answered(Reports.tasks(task("x", "a"))));
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.state.tasks().size()).isZero();
    assertThat(world.pmRuns()).isFalse();
  }

  @Test
  void anEditAfterAnAcceptanceIsAGap() {
    World world = World.with("a").accept("a").write("a", "second").cycle();
    assertThat(asked(world)).containsExactly("specs/a.md");
  }

  @Test
  void aTextThatComesBackAfterAnEditIsAGapEachTime() {
    World world = World.with("a").cycle().pm(satisfied("a"));
    world.write("a", "second").cycle().pm(satisfied("a"));
    world.write("a", "first").cycle();
    assertThat(asked(world)).containsExactly("specs/a.md");
  }

  @Test
  void aChangeUndoneBeforeItWasSeenIsNone() {
    World world = World.with("a").cycle().pm(satisfied("a"));
    world.write("a", "second").write("a", "first").cycle();
    assertThat(world.pmRuns()).isFalse();
  }

  @Test
  void anAnswerToAQuestionThatWasPutAsideIsNotTaken() {
    World world = World.with("a").cycle();
    JobKey.Planning old = world.pmKey();
    world.delete("a").write("b", "new").cycle();
    world.pm(new PmEnd.Answered(Reports.tasks(task("x", "a"))));
    assertThat(world.state.tasks().size()).isZero();
    assertThat(world.pmKey().generation()).isGreaterThan(old.generation());
    assertThat(asked(world)).containsExactly("specs/b.md");
  }

  @Test
  void whileStoppingNobodyIsAsked() {
    World world = World.with("a");
    world.stopping = true;
    assertThat(world.cycle().pmRuns()).isFalse();
  }

  @Test
  void idsGoOnFromTheLastAndAreNeverReused() {
    World world = World.with("a").cycle().plan(task("x", "a"), task("y", "a"));
    world.delete("a").write("b", "new").cycle();
    world.plan(task("z", "b"));
    assertThat(world.task(3).title()).isEqualTo("Do z");
    assertThat(world.state.intake().nextTask()).isEqualTo(4);
  }

  @Test
  void whatThePmSaysOfASpecIsKeptInBounds() {
    var note = new PmReport.Note("specs/a.md", "long ".repeat(100_000));
    World world =
        World.with("a").cycle().pm(new PmReport(List.of(), List.of(), List.of(note), List.of()));
    Handled handled = Objects.requireNonNull(world.state.intake().handled().get("specs/a.md"));
    assertThat(handled.note()).hasSizeLessThan(10_000);
  }
}
