package io.hyperloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.PortFailure;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** status, get, describe: what is shown. */
class LookingCommandsTest {
  @TempDir Path temp;
  private FakeWorkspace workspace = new FakeWorkspace(Path.of(""));
  private Terminal terminal = new Terminal(workspace);

  @BeforeEach
  void open() throws IOException {
    workspace = new FakeWorkspace(Files.createDirectory(temp.resolve("shop")));
    terminal = new Terminal(workspace);
  }

  @Test
  void usageIsAddedUpByTaskOrSpec() {
    var usage = new Usage(10, 20, 30, 40, 1_500_000, Usage.Basis.PAID);
    var key = new JobKey.TaskStep(new TaskId(1), "verifier", 0, 0);
    workspace.usage.add(
        new Ledger.Entry("w1", key, "verifier", "claude-code", "opus", "specs/a.md", usage));
    workspace.usage.add(
        new Ledger.Entry("w2", new JobKey.Planning(1), "pm", "claude-code", "opus", null, usage));

    assertThat(terminal.type("get", "usage").out())
        .contains("task-001  1       $1.50")
        .contains("all       2       $3.00");
    assertThat(terminal.type("get", "usage", "--by", "spec", "-o", "json").out())
        .contains("\"spec\" : \"specs/a.md\"")
        .contains("\"cost_usd\" : 1.5");
    assertThat(terminal.type("get", "tasks", "--by", "spec").exit()).isEqualTo(2);
  }

  @Test
  void statusTellsWhatWhyForWhomAndWhatToType() {
    workspace.with(waiting(), FakeWorkspace.task(2, "Add logout")).runBy("process 42 on host");

    assertThat(terminal.type("status").out())
        .isEqualTo(
            """
            shop  main feedc0d
            working on 1 task
            running: process 42 on host

            Specs: 1 reconciling, 1 out-of-sync
            STATUS       SPEC              WHY
            out-of-sync  specs/billing.md  new: the PM has not been asked yet
            reconciling  specs/auth.md     2 tasks open: task-001, task-002

            Tasks: 1 queued, 1 needs you
            TASK      TURN       WHY                                      TITLE
            task-001  needs you  waits for a person's approval at review  Add login
            task-002  queued     waits for a free worker                  Add logout

            Next:
              hyperloop approve task-001
            """);
  }

  @Test
  void statusFitsANarrowScreen() {
    workspace.with(waiting(), FakeWorkspace.task(2, "漢字".repeat(40))).noting("x".repeat(100));

    terminal.screen(new Screen(true, true, false, 40)).type("status");

    assertThat(terminal.exit()).isZero();
    assertThat(terminal.out().lines()).allMatch(line -> Text.width(line) <= 40);
    assertThat(terminal.out()).contains("hyperloop approve task-001");
  }

  @Test
  void statusOfManyTasksIsStillOneScreen() {
    for (int i = 1; i <= 300; i++) {
      workspace.with(FakeWorkspace.task(i, "Task " + i));
    }

    terminal.type("status");

    assertThat(terminal.out().lines().count()).isLessThan(40);
    assertThat(terminal.out()).contains("Tasks: 300 queued", "and 290 more: hyperloop get tasks");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    workspace.with(waiting());

    assertThat(terminal.type("status").out()).doesNotContain("\u001b");
    assertThat(terminal.screen(new Screen(true, true, true, 80)).type("status").out())
        .contains("\u001b[33mneeds you\u001b[0m");
  }

  @Test
  void hostileTextCannotReachTheTerminal() {
    workspace.with(
        FakeWorkspace.task(1, "\u001b]0;owned\u0007\u001b[2J")
            .edit()
            .status(TaskStatus.IN_PROGRESS)
            .phase("verifier")
            .reason(Reason.Kind.QUESTION, "\u001b[?1049h\u202e?")
            .done());
    workspace.with(new Review(new TaskId(1), 0, 1, "verifier", "fail", "a\u001b[8mhidden\rb"));

    for (String[] command :
        new String[][] {
          {"status"}, {"get", "tasks"}, {"get", "specs"}, {"describe", "task", "1"}
        }) {
      terminal.type(command);
      assertThat(terminal.exit()).as(terminal.err()).isZero();
      assertThat(terminal.out()).doesNotContain("\u001b", "\u0007", "\u202e", "\r");
    }
  }

  @Test
  void aBrokenOverlayDoesNotKeepStatusFromBeingShown() {
    workspace
        .with(waiting())
        .withBrokenProcess(new PortFailure(Problem.user("no pipeline", "process.yaml:1", "")));

    terminal.type("status");

    assertThat(terminal.exit()).isZero();
    assertThat(terminal.out()).contains("note: no pipeline (process.yaml:1)", "task-001");
  }

  @Test
  void tasksAreListedForPeople() {
    workspace.with(waiting());

    assertThat(terminal.type("get", "tasks").out())
        .isEqualTo(
            """
            TASK      STATUS       PHASE   ROUND  TURN       WHY                                      TITLE
            task-001  in-progress  review  0      needs you  waits for a person's approval at review  Add login
            """);
  }

  @Test
  void tasksAreListedForPrograms() {
    workspace.with(waiting());

    JsonNode json = JsonMapper.shared().readTree(terminal.type("get", "tasks", "-o", "json").out());
    JsonNode yaml = new YAMLMapper().readTree(terminal.type("get", "tasks", "-o", "yaml").out());

    assertThat(json.get(0).get("id").stringValue()).isEqualTo("task-001");
    assertThat(json.get(0).get("turn").stringValue()).isEqualTo("needs you");
    assertThat(json.get(0).get("reason").stringValue())
        .isEqualTo("waiting: a person's approval at review");
    assertThat(json.get(0).get("pr").isNull()).isTrue();
    assertThat(yaml).isEqualTo(json);
  }

  @Test
  void nothingIsAnEmptyListForProgramsAndANoteForPeople() {
    assertThat(terminal.type("get", "tasks").out()).isEmpty();
    assertThat(terminal.err()).isEqualTo("no tasks yet\n");
    assertThat(terminal.type("get", "tasks", "-o", "json").out()).isEqualTo("[ ]\n");
  }

  @Test
  void specsAreListed() {
    assertThat(terminal.type("get", "specs").out())
        .contains("specs/billing.md  out-of-sync  0")
        .contains("specs/auth.md");
  }

  @Test
  void aTaskIsDescribedInFull() throws IOException {
    workspace.with(
        FakeWorkspace.task(2, "Add logout").edit().deps(java.util.List.of(new TaskId(1))).done(),
        waiting());
    workspace.with(new Review(new TaskId(1), 0, 1, "verifier", "fail", "No test."));
    workspace.with(new Review(new TaskId(1), 11, 1, "verifier", "fail", "Still no test."));
    Path log = Files.createDirectories(workspace.logs(new TaskId(1))).resolve("a.log");
    Files.writeString(log, "");

    String text = terminal.type("describe", "task", "task-001").out();

    assertThat(text)
        .startsWith("task-001  Add login\n")
        .contains("branch      hyperloop/task-001")
        .contains("spec        specs/auth.md@1111111")
        .contains("needed by   task-002 (not-started)")
        .contains("log         " + log)
        .contains("Description\n  Do as the spec says.");
    assertThat(text.indexOf("Round 11, verifier: fail")).isLessThan(text.indexOf("Round 0, "));
  }

  @Test
  void theNewestPromptIsPrinted() throws IOException {
    workspace.with(waiting());
    Path folder = Files.createDirectories(workspace.logs(new TaskId(1)));
    prompt(folder, "z.prompt.md", "old", 1);
    prompt(folder, "a.prompt.md", "You are the verifier.\n", 2);

    assertThat(terminal.type("describe", "task", "1", "--prompt").out())
        .isEqualTo("You are the verifier.\n");
  }

  @Test
  void aPromptThatIsNotKeptIsSaidSo() {
    workspace.with(waiting());

    assertThat(terminal.type("describe", "task", "1", "--prompt").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("no prompt of task-001 is kept");
  }

  @Test
  void aSpecIsDescribedWithItsTasks() {
    workspace.with(waiting());

    assertThat(terminal.type("describe", "spec", "specs/auth.md").out())
        .startsWith("specs/auth.md\n")
        .contains("status      reconciling")
        .contains("task-001  needs you");
  }

  private static void prompt(Path folder, String name, String text, long second)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1_000));
  }

  private static Task waiting() {
    return FakeWorkspace.task(1, "Add login")
        .edit()
        .status(TaskStatus.IN_PROGRESS)
        .phase("review")
        .reason(Reason.Kind.WAITING, "a person's approval at review")
        .done();
  }
}
