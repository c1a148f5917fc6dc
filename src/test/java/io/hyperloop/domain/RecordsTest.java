package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and words that files and jobs are known by. */
class RecordsTest {
  private static final Spec SPEC = new Spec("specs/a.md", World.ROOT, World.ROOT);

  @Test
  void aTasksIdHasThreeDigitsOrMore() {
    assertThat(IntStream.of(1, 27, 123, 1234).mapToObj(TaskId::new))
        .extracting(TaskId::toString)
        .containsExactly("task-001", "task-027", "task-123", "task-1234");
  }

  @Test
  void tasksAreOrderedByNumberNotByText() {
    assertThat(TaskTable.of(List.of(Tasks.open(1000, SPEC), Tasks.open(999, SPEC))))
        .extracting(Task::id)
        .containsExactly(new TaskId(999), new TaskId(1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"task-000", "task-", "task--1", "task-1x", "TASK-001", "task-9999999999"})
  void whatIsNoTasksIdIsRefused(String text) {
    assertThatThrownBy(() -> TaskId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTasksIdIsReadAsItIsWritten() {
    for (int number : new int[] {1, 99, 100, 99_999, 999_999_999}) {
      assertThat(TaskId.parse(new TaskId(number).toString()).number()).isEqualTo(number);
    }
  }

  @Test
  void anIdThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> TaskTable.of(List.of(Tasks.open(1, SPEC), Tasks.open(1, SPEC))))
        .hasMessageContaining("task-001");
  }

  @Test
  void aTableTellsWhatChanged() {
    Task one = Tasks.open(1, SPEC);
    Task two = Tasks.open(2, SPEC);
    Task three = Tasks.open(3, SPEC);
    TaskTable before = TaskTable.of(List.of(one, two));
    TaskTable after = before.with(List.of(Tasks.at("x", two), three));
    assertThat(before.changedIn(after)).containsExactly(Tasks.at("x", two), three);
    assertThat(after.size()).isEqualTo(3);
    assertThat(before.with(List.of())).isSameAs(before);
  }

  @Test
  void aJobIsReadAsItIsNamed() {
    List<JobKey> keys =
        List.of(
            new JobKey.Planning(12),
            new JobKey.TaskStep(World.id(1), "verifier", 0, 2),
            new JobKey.TaskStep(World.id(1234), "verifier#2", 11, 0));
    for (JobKey key : keys) {
      assertThat(JobKey.parse(key.name())).isEqualTo(key);
    }
    assertThatThrownBy(() -> JobKey.parse("rubbish")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSpecRefIsReadFromItsLastAt() {
    String commit = "0123456789".repeat(4);
    SpecRef ref = SpecRef.parse("specs/me@home.md@" + commit);
    assertThat(ref).isEqualTo(new SpecRef("specs/me@home.md", commit));
    assertThat(ref.abbreviated()).isEqualTo("specs/me@home.md@0123456");
    assertThatThrownBy(() -> SpecRef.parse("specs/a.md@HEAD"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Reason.Kind.class)
  void aReasonIsReadAsItIsWritten(Reason.Kind kind) {
    for (String text : List.of("", "so", "waiting: for: what", "two\nlines")) {
      var reason = new Reason(kind, text);
      assertThat(Reason.parse(reason.toString())).isEqualTo(reason);
    }
  }

  @Test
  void onlyAFailureForGoodTriggersIntake() {
    assertThat(Reason.Kind.values())
        .filteredOn(kind -> new Reason(kind, "").triggersIntake())
        .containsExactly(Reason.Kind.FAILED);
  }

  @ParameterizedTest
  @EnumSource(TaskStatus.class)
  void aStatusIsReadAsItIsWritten(TaskStatus status) {
    assertThat(TaskStatus.of(status.word())).contains(status);
    assertThat(status.word()).matches("[a-z]+(-[a-z]+)*");
  }

  @ParameterizedTest
  @EnumSource(Handled.Outcome.class)
  void anAnswerIsReadAsItIsWritten(Handled.Outcome outcome) {
    assertThat(Handled.Outcome.of(outcome.word())).contains(outcome);
    assertThat(Handled.Outcome.of("whatever")).isEmpty();
  }

  @Test
  void aDecisionKeepsWholeSecondsSinceFilesDo() {
    World world = World.with("a");
    world.now = Instant.parse("2026-01-01T00:00:00.987Z");
    world.cycle().plan(Reports.task("x", "a")).breaks(1, Breakage.CRASHED);
    assertThat(world.task(1).since()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(world.task(1).notBefore()).isEqualTo("2026-01-01T00:00:01Z");
  }

  @Test
  void longTextsAreCutWithoutPartingACharacter() {
    assertThat(Texts.bounded("ab", 2)).isEqualTo("ab");
    assertThat(Texts.bounded("a\uD83D\uDE00", 2)).isEqualTo("a\n(cut at 2 characters)");
    assertThat(Texts.oneLine("  two\n\tlines\u0007 \u2028 ", 20)).isEqualTo("two lines");
    assertThat(Texts.oneLine("x".repeat(500), 10)).isEqualTo("xxxxxxx...");
    assertThat(Texts.oneLine("\uD83D\uDE00".repeat(50), 10)).hasSizeLessThanOrEqualTo(10);
  }
}
