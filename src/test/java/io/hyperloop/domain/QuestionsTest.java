package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Workers that ask, and people who answer. */
class QuestionsTest {
  private static World asking() {
    return World.with("a").cycle().plan(task("x", "a")).ask(1, "which port?");
  }

  @Test
  void aQuestionWaitsForAPersonAndCostsNoRound() {
    World world = asking();
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(world.task(1).round()).isZero();
    assertThat(world.task(1).reason()).isEqualTo(new Reason(Reason.Kind.QUESTION, "which port?"));
    assertThat(world.works(1)).isFalse();
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class,
            waiting ->
                assertThat(waiting.forWhat()).containsExactly("task-001: question: which port?"));
  }

  @Test
  void peopleAreToldOnceOfAQuestion() {
    World world = asking().cycle().cycle();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @Test
  void anAnswerSendsTheSameAgentBackWithQuestionAndAnswerAmongItsFindings() {
    World world = asking().answerTask(1, "8080");
    assertThat(world.task(1).reason()).isNull();
    assertThat(world.task(1).round()).isZero();
    assertThat(world.worker(1).phase()).isEqualTo("implementer");
    assertThat(world.reviews(1))
        .containsExactly(
            new Review(World.id(1), 0, 1, "implementer", "question", "which port?"),
            new Review(World.id(1), 0, 2, "human", "answer", "8080"));
  }

  @Test
  void anAnsweredQuestionSeenAgainAfterACrashIsNotAskedAgain() {
    World world = asking();
    JobKey.TaskStep asked = new JobKey.TaskStep(World.id(1), "implementer", 0, 0);
    var question =
        new WorkerEnd.Reported(
            new Report(Report.Verdict.QUESTION, "which port?", false), new Delivery.ReadOnly());
    world.lateEnd(asked, question);
    assertThat(world.reviews(1)).hasSize(1);
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
    world.answerTask(1, "8080").lateEnd(asked, question);
    assertThat(world.works(1)).isTrue();
    assertThat(world.task(1).reason()).isNull();
    assertThat(world.reviews(1)).hasSize(2);
  }

  @Test
  void aSecondQuestionIsToldAgain() {
    World world = asking().answerTask(1, "8080").ask(1, "and the host?");
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(2);
    world.answerTask(1, "localhost").pass(1);
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    assertThat(world.started).doesNotHaveDuplicates();
  }

  @Test
  void anAnswerThatNobodyAskedForIsRefused() {
    World world = World.with("a").cycle().plan(task("x", "a")).answerTask(1, "8080");
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
    assertThat(world.reviews(1)).isEmpty();
    world.answerTask(99, "who?");
    assertThat(world.told(Event.RequestRefused.class)).hasSize(2);
  }

  @Test
  void othersGoOnWhileOneAsks() {
    World world =
        World.with("a").cycle().plan(task("x", "a"), task("y", "a")).ask(1, "which port?");
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
    world.pass(2).pass(2).merge(2);
    assertThat(world.task(2).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.standing()).isInstanceOf(Standing.Waiting.class);
  }

  @Test
  void aQuestionOf100KilobytesIsCut() {
    World world = World.with("a").cycle().plan(task("x", "a")).ask(1, "why?\n".repeat(20_000));
    assertThat(Objects.requireNonNull(world.task(1).reason()).text().length()).isLessThan(70_000);
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class,
            waiting -> assertThat(waiting.forWhat().getFirst()).hasSizeLessThan(300));
  }
}
