package io.hyperloop.adapter.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.Arbitrary;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final String FILE = ".hyperloop/state/tasks/task-027.md";
  private static final String BY_HAND =
      """
      ---
      # kept by Jane
      id: 'task-027'
      title: >-
        Persist places
        in the database
      spec_ref: specs/persistence.md@0123456789abcdef0123456789abcdef01234567
      estimate: {days: 3, who: [jane, joe]}   # ours
      status: in-progress        # not-started | in-progress | complete | failed
      phase: "verifier"  # the current step
      deps:
      - task-004
      - task-005   # the schema

      # how often
      round:   1
      branch: hyperloop/task-027
      pr: null
      größe: klein
      ---

      Do it.
      """;

  @Test
  void aTaskIsWrittenInTheOrderOfTheDesign() {
    var task =
        Task.create(
                new TaskId(27),
                "Persist places in the database",
                new SpecRef("specs/persistence.md", COMMIT),
                List.of(new TaskId(4)),
                "Text.")
            .edit()
            .status(TaskStatus.IN_PROGRESS)
            .phase("verifier")
            .round(1)
            .since(Instant.parse("2026-11-22T10:00:00.123Z"))
            .head(COMMIT)
            .done();
    assertThat(TaskFile.write(task))
        .isEqualTo(
            """
            ---
            id: task-027
            title: Persist places in the database
            spec_ref: specs/persistence.md@0123456789abcdef0123456789abcdef01234567
            status: in-progress
            phase: verifier
            deps: [task-004]
            round: 1
            branch: hyperloop/task-027
            pr: null
            since: 2026-11-22T10:00:00Z
            head: 0123456789abcdef0123456789abcdef01234567
            ---

            Text.
            """);
  }

  @Test
  void whatIsWrittenIsReadBackWhateverTheTextHolds() {
    for (long seed = 0; seed < 600; seed++) {
      var arbitrary = new Arbitrary(seed);
      Task task = arbitrary.task(arbitrary.id());
      assertThat(TaskFile.read(TaskFile.name(task.id()), TaskFile.write(task)))
          .as("seed " + seed)
          .isEqualTo(task);
    }
  }

  @Test
  void rewritingReachesAnyOtherVersion() {
    for (long seed = 0; seed < 300; seed++) {
      var arbitrary = new Arbitrary(seed);
      TaskId id = arbitrary.id();
      Task next = arbitrary.task(id);
      String rewritten =
          TaskFile.rewrite(TaskFile.name(id), TaskFile.write(arbitrary.task(id)), next);
      assertThat(rewritten).as("seed " + seed).isEqualTo(TaskFile.write(next));
    }
  }

  @Test
  void rewritingAFileEditedByHandReachesAnyOtherVersionAndKeepsWhatIsNotOurs() {
    for (long seed = 0; seed < 300; seed++) {
      Task next = new Arbitrary(seed).task(new TaskId(27));
      String rewritten = TaskFile.rewrite(FILE, BY_HAND, next);
      assertThat(TaskFile.read(FILE, rewritten)).as("seed " + seed).isEqualTo(next);
      assertThat(rewritten)
          .contains("# kept by Jane\n")
          .contains("estimate: {days: 3, who: [jane, joe]}   # ours\n")
          .contains("\n# how often\n")
          .contains("größe: klein\n");
    }
  }

  @Test
  void onlyTheLinesOfChangedKeysAreReplaced() {
    Task next = TaskFile.read(FILE, BY_HAND).edit().status(TaskStatus.COMPLETE).phase(null).done();
    assertThat(TaskFile.rewrite(FILE, BY_HAND, next))
        .isEqualTo(
            BY_HAND
                .replace("status: in-progress ", "status: complete ")
                .replace("phase: \"verifier\"", "phase: null"));
  }

  @Test
  void aVersionThatIsTheSameChangesNothing() {
    assertThat(TaskFile.rewrite(FILE, BY_HAND, TaskFile.read(FILE, BY_HAND))).isEqualTo(BY_HAND);
  }

  @Test
  void aFileWithWindowsLineEndsKeepsThem() {
    String windows = BY_HAND.replace("\n", "\r\n");
    Task next = TaskFile.read(FILE, windows).edit().round(2).attempts(1).done();
    assertThat(TaskFile.rewrite(FILE, windows, next))
        .isEqualTo(
            windows
                .replace("round:   1", "round: 2")
                .replace("pr: null\r\n", "pr: null\r\nattempts: 1\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "status: in-progress, status: done, :9, status: must be one of not-started",
    "status: in-progress, status: [a], :9, status: must be one value",
    "round:   1, round: -1, :16, round: must be a number",
    "pr: null, since: yesterday, :18, since: must be a time",
    "- task-004, - four, :11, deps: not a task id",
    "id: 'task-027', id: task-028, :4, id: is task-028",
    "spec_ref: specs/persistence.md@, spec_ref: specs/x.md#, :7, spec_ref: not a spec ref",
    "round:   1, 'round: ''1', :19, not valid YAML",
    "round:   1, 'round: !!int 1', :15, YAML tags are not allowed",
    "round:   1, status: failed, :15, status: stands twice",
  })
  void aBrokenFileIsAnErrorThatNamesFileLineAndKey(
      String from, String to, String line, String what) {
    assertThatThrownBy(() -> TaskFile.read(FILE, BY_HAND.replace(from, to)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(what)
        .asInstanceOf(InstanceOfAssertFactories.type(PortFailure.class))
        .returns(Problem.Kind.USER, PortFailure::kind)
        .extracting(failure -> failure.problems().getFirst().where())
        .asString()
        .startsWith(FILE + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "'', must begin with a line of three dashes",
    "'id: task-027', must begin with a line of three dashes",
    "'---\nid: task-027', not ended by a line of three dashes",
    "'---\n---\n', id: is missing",
    "'---\nid: task-027\n---\n', title: is missing",
    "'---\n- a\n---\n', must be keys with values",
    "'---\nid: *a\n---\n', id: must be one value",
  })
  void aFileWithoutItsFrontMatterIsAnError(String text, String what) {
    assertThatThrownBy(() -> TaskFile.read(FILE, text))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(what)
        .hasMessageContaining(FILE);
  }

  @Test
  void aTextMadeToGrowIsRefused() {
    String deep = "x: " + "[".repeat(100) + "]".repeat(100);
    assertThatThrownBy(() -> TaskFile.read(FILE, BY_HAND.replace("pr: null", deep)))
        .hasMessageContaining("nested deeper than 20");
    String aliases = "x: &a [1]\ny: [" + "*a, ".repeat(60) + "]";
    assertThatThrownBy(() -> TaskFile.read(FILE, BY_HAND.replace("pr: null", aliases)))
        .hasMessageContaining("more than 50 aliases");
    String long_ = "x: " + "y".repeat(4 << 20);
    assertThatThrownBy(() -> TaskFile.read(FILE, BY_HAND.replace("pr: null", long_)))
        .hasMessageContaining("larger than 4 MiB");
  }

  @Test
  void keysThatShareALineAreNotRewritten() {
    String flow =
        "---\n{id: task-027, title: t, spec_ref: specs/a.md@" + COMMIT + ", status: failed}\n---\n";
    Task next = TaskFile.read(FILE, flow).edit().round(1).done();
    assertThatThrownBy(() -> TaskFile.rewrite(FILE, flow, next))
        .hasMessageContaining("must stand at the beginning of a line");
  }
}
