package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.replacing;
import static io.hyperloop.domain.Reports.task;
import static io.hyperloop.domain.Reports.titled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of the PM are none. */
class IntakeRulesTest {
  private static final Spec SPEC = new Spec("specs/a.md", World.ROOT, World.ROOT);
  private static final Plan PLAN =
      new Plan(
          1,
          Map.of(
              "specs/a.md", new Plan.Asked(World.ROOT, World.ROOT),
              "specs/b.md", new Plan.Asked(World.ROOT, World.ROOT)),
          List.of(),
          List.of());
  private static final TaskTable TASKS =
      TaskTable.of(
          List.of(
              Tasks.complete(Tasks.open(1, SPEC)),
              Tasks.failed(Tasks.open(2, SPEC)),
              Tasks.open(3, SPEC, 2),
              Tasks.open(4, SPEC, 3)));

  private static ListAssert<String> problems(PmReport.Proposal... tasks) {
    return problems(Reports.tasks(tasks));
  }

  private static ListAssert<String> problems(PmReport report) {
    return assertThat(IntakeRules.problems(PLAN, report, TASKS, Limits.DEFAULT));
  }

  private static PmReport.Note note(String spec, String text) {
    return new PmReport.Note(spec, text);
  }

  @Test
  void aGoodAnswerHasNone() {
    problems(
            task("x", "a"),
            task("y", "b", "x", "task-001", "task-003"),
            task("", "a"),
            task("", "a"))
        .isEmpty();
  }

  @Test
  void aSpecLeftOutIsNone() {
    problems(task("x", "a")).isEmpty();
    problems().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"task-099", "nobody", "", "task-000", "task-0000000000001", "../task-001"})
  void anUnknownDepIsOne(String dep) {
    problems(task("x", "a", dep)).singleElement().asString().contains("tasks[0] (x)", "dep");
  }

  @Test
  void aDepThatFailedIsOne() {
    problems(task("x", "a", "task-002")).singleElement().asString().contains("has failed");
  }

  @Test
  void aDepOnItselfIsOne() {
    problems(task("x", "a", "x")).isNotEmpty().first().asString().contains("waits for itself");
  }

  @Test
  void aCycleIsOneAndIsNamed() {
    problems(task("x", "a", "y"), task("y", "a", "z"), task("z", "a", "x"))
        .containsExactly(
            "the tasks wait for each other: tasks[0] (x) -> tasks[1] (y) -> tasks[2] (z) ->"
                + " tasks[0] (x)");
  }

  @Test
  void aCycleThroughAReplacementIsOne() {
    problems(replacing("task-002", task("x", "a", "task-004")))
        .singleElement()
        .asString()
        .contains("task-003 -> tasks[0] (x) -> task-004 -> task-003");
  }

  @Test
  void aCycleThroughTheSecondOfTwoReplacementsIsOne() {
    problems(
            replacing("task-002", task("x", "a", "task-004")),
            replacing("task-002", task("y", "a")))
        .singleElement()
        .asString()
        .contains("wait for each other");
  }

  @Test
  void waitingForATaskThatTheSameAnswerReplacesIsOne() {
    problems(replacing("task-003", task("x", "a", "task-003")))
        .singleElement()
        .asString()
        .contains("is replaced by this answer");
    problems(replacing("task-003", task("x", "a")), task("y", "a", "task-003")).hasSize(1);
  }

  @Test
  void waitingForACompleteTaskThatTheSameAnswerReplacesIsNone() {
    problems(replacing("task-001", task("x", "a", "task-001"))).isEmpty();
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1).pass(1).merge(1);
    world.write("a", "second").cycle();
    world.plan(replacing("task-001", task("y", "a", "task-001")));
    assertThat(world.works(2)).isTrue();
  }

  @Test
  void replacingWhatIsNoTaskIsOne() {
    problems(replacing("task-077", task("x", "a"))).singleElement().asString().contains("task-077");
    problems(replacing("y", task("x", "a")), task("y", "a")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "two\nlines",
        "two\rlines",
        "a\u2028b",
        "tab\there",
        "nul\0",
        "esc\u001b[2J"
      })
  void aTitleThatIsNotOneLineIsOne(String title) {
    problems(titled(title, task("x", "a"))).singleElement().asString().contains("one line");
  }

  @Test
  void aTitleOf201CharactersIsOne() {
    problems(titled("x".repeat(200), task("x", "a"))).isEmpty();
    problems(titled("x".repeat(201), task("x", "a"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"specs/c.md", "/etc/passwd", "specs/../a.md", "", "specs/a\n.md"})
  void aSpecThatWasNotAskedAboutIsOne(String spec) {
    var task = new PmReport.Proposal("x", "Do x", spec, "", List.of(), List.of());
    problems(task).singleElement().asString().contains("was not asked about").doesNotContain("\n");
    problems(new PmReport(List.of(), List.of(note(spec, "there")), List.of(), List.of()))
        .hasSize(1);
  }

  @Test
  void aKeyUsedTwiceIsOne() {
    problems(task("x", "a"), task("x", "b")).singleElement().asString().contains("used twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"task-001", "task-099", "task-1"})
  void aKeyThatLooksLikeATaskIsOne(String key) {
    problems(task(key, "a")).singleElement().asString().contains("looks like");
  }

  @Test
  void aSpecAnsweredTwiceIsOne() {
    var a = List.of(note("specs/a.md", "so"));
    problems(new PmReport(List.of(task("x", "a")), a, List.of(), List.of())).hasSize(1);
    problems(new PmReport(List.of(), a, a, List.of())).hasSize(1);
    problems(new PmReport(List.of(), List.of(), a, a)).hasSize(1);
    problems(
            new PmReport(
                List.of(), List.of(), List.of(), List.of(note("specs/a.md", "1"), a.getFirst())))
        .hasSize(1);
  }

  @Test
  void anAnswerWithoutEvidenceIsOne() {
    problems(new PmReport(List.of(), List.of(note("specs/a.md", " ")), List.of(), List.of()))
        .singleElement()
        .asString()
        .contains("says nothing");
  }

  private static PmReport.Proposal[] many(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> task("t" + i, "a", i == 0 ? "task-001" : "t" + (i - 1)))
        .toArray(PmReport.Proposal[]::new);
  }

  @Test
  void moreThanMaxTasksPerIntakeAreOne() {
    problems(many(100)).isEmpty();
    problems(many(101)).singleElement().asString().contains("101", "max_tasks_per_intake");
    problems(many(10_000)).hasSize(1);
  }

  @Test
  void allProblemsAreToldAtOnceButNotWithoutEnd() {
    var worst =
        IntStream.range(0, 100)
            .mapToObj(i -> titled("", task("k", "nowhere", "d1", "d2", "d3")))
            .toArray(PmReport.Proposal[]::new);
    problems(worst).hasSize(50).allMatch(p -> p.length() < 500);
  }
}
