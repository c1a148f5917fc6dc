package io.hyperloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.terminal.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  @TempDir Path temp;
  private Terminal terminal = new Terminal(new FakeWorkspace(Path.of("")));

  @BeforeEach
  void open() {
    terminal = new Terminal(new FakeWorkspace(temp));
  }

  static Iterable<String> commands() {
    return CommandTree.names();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(String command) {
    terminal.type(command, "--help");

    assertThat(terminal.exit()).isZero();
    assertThat(terminal.out())
        .startsWith("Usage: hyperloop " + command)
        .contains("Examples:\n  ", "hyperloop " + command);
    assertThat(terminal.err()).isEmpty();
    assertThat(terminal.called()).isEmpty();
  }

  @Test
  void theProgramsHelpNamesEveryCommand() {
    terminal.type("--help");

    assertThat(terminal.exit()).isZero();
    assertThat(terminal.out()).contains(CommandTree.names()).contains("Examples:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionIsOneLine(String option) {
    terminal.type(option);

    assertThat(terminal.exit()).isZero();
    assertThat(terminal.out()).matches("hyperloop \\S+ \\(Java 25.*\\)\n");
  }

  @Test
  void withoutACommandTheHelpGoesToStandardErrorWithCode2() {
    terminal.type();

    assertThat(terminal.exit()).isEqualTo(2);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).startsWith("error: no command given").contains("Usage: hyperloop");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneMeant() {
    terminal.type("stauts");

    assertThat(terminal.exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("'stauts'").contains("did you mean status?");
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheOneMeant() {
    terminal.type("run", "--max-wrokers=3");

    assertThat(terminal.exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("--max-wrokers").contains("did you mean --max-workers?");
    assertThat(terminal.called()).isEmpty();
  }

  @Test
  void valuesThatCannotBeAreUsageErrors() {
    assertThat(terminal.type("run", "--max-workers=0").exit()).isEqualTo(2);
    assertThat(terminal.type("run", "--max-workers=many").exit()).isEqualTo(2);
    assertThat(terminal.type("run", "--repo=owner").exit()).isEqualTo(2);
    assertThat(terminal.type("get", "pods").exit()).isEqualTo(2);
    assertThat(terminal.type("get").exit()).isEqualTo(2);
    assertThat(terminal.called()).isEmpty();
  }

  @Test
  void runPassesWhatWasSaidAndGivesTheEnginesExitCode() {
    terminal.type(
        "run", "--path", "sub", "--branch", "trunk", "--repo", "o/r", "--max-workers", "3");

    assertThat(terminal.exit()).isEqualTo(1);
    assertThat(terminal.called())
        .containsExactly(
            "run UNTIL_CONVERGED " + new Place(temp.resolve("sub"), null, "trunk", "o/r", 3));
  }

  @Test
  void eachCommandThatActsReachesTheEngine() {
    terminal.type("run", "--dry-run");
    terminal.type("watch");
    terminal.type("plan");
    terminal.type("init", "--no-commit", "--base-ref", "https://example.com/base");
    terminal.type("demo", "--dir", "sample");

    assertThat(terminal.called())
        .containsExactly(
            "run DRY " + Place.at(temp),
            "run FOR_EVER " + Place.at(temp),
            "plan " + Place.at(temp),
            "init " + new Engine.InitSettings(temp, "https://example.com/base", null, false),
            "demo " + new Engine.DemoSettings(temp.resolve("sample"), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "watch",
        "plan",
        "init",
        "demo",
        "approve 1",
        "answer 1 yes",
        "accept --all"
      })
  void insideAWorkerNothingActs(String command) {
    terminal.with("HYPERLOOP_WORKER_ID", "w-1").type(command.split(" ", -1));

    assertThat(terminal.exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("refused inside a worker");
    assertThat(terminal.called()).isEmpty();
  }

  @Test
  void insideAWorkerOneMayLook() {
    assertThat(terminal.with("HYPERLOOP_WORKER_ID", "w-1").type("status").exit()).isZero();
  }

  @Test
  void aProblemIsToldAsWhatWhereAndRemedyWithItsExitCode() {
    Terminal failing = failing(Problem.environment("no git", "PATH", "install it"));

    assertThat(failing.type("get", "tasks").exit()).isZero();
    assertThat(failing.type("approve", "task-001").exit()).isEqualTo(3);
    assertThat(failing.err()).isEqualTo("error: no git\n  where: PATH\n  remedy: install it\n");
  }

  private Terminal failing(Problem problem) {
    FakeWorkspace workspace =
        new FakeWorkspace(temp)
            .with(FakeWorkspace.task(1, "Add login"))
            .withBrokenProcess(new PortFailure(problem));
    return new Terminal(workspace);
  }

  @Test
  void aBugIsToldWithoutItsTraceWhichIsInAReport() throws IOException {
    FakeWorkspace workspace =
        new FakeWorkspace(temp)
            .with(FakeWorkspace.task(1, "Add login"))
            .withBrokenProcess(new IllegalStateException("key sk-secret-123 is wrong"));
    var broken = new Terminal(workspace).with("ANTHROPIC_API_KEY", "sk-secret-123");

    broken.type("approve", "task-001");

    assertThat(broken.exit()).isEqualTo(70);
    assertThat(broken.err()).contains("bug in hyperloop").doesNotContain("at io.hyperloop");
    String file = broken.err().lines().filter(l -> l.contains("where: ")).findFirst().orElseThrow();
    Path report = Path.of(file.substring(file.indexOf('/')));
    assertThat(Files.readString(report))
        .contains("doing:   hyperloop approve", "version: hyperloop", "at io.hyperloop.cli")
        .contains("key [ANTHROPIC_API_KEY] is wrong")
        .doesNotContain("sk-secret-123");
    Files.delete(report);
  }

  @Test
  void aClosedPipeEndsQuietly() {
    assertThat(printingTo("Broken pipe")).isZero();
  }

  @Test
  void aFullDiskIsTold() {
    assertThat(printingTo("No space left on device")).isEqualTo(3);
  }

  private int printingTo(String failure) {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    var console = new Console(out, OutputStream.nullOutputStream(), Screen.PIPE);
    Supplier<Engine> none =
        () -> {
          throw new IllegalStateException("not needed");
        };
    return new Cli(new Context(console, none, Map.of(), temp, InstantSource.system()))
        .execute("--help");
  }
}
