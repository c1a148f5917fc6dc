package io.hyperloop.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a test types commands. */
final class Terminal {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final FakeWorkspace workspace;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> called = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Screen screen = Screen.PIPE;
  private int exit;

  Terminal(FakeWorkspace workspace) {
    this.workspace = workspace;
  }

  @CanIgnoreReturnValue
  Terminal screen(Screen value) {
    screen = value;
    return this;
  }

  @CanIgnoreReturnValue
  Terminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Types a command and waits for its end. */
  @CanIgnoreReturnValue
  Terminal type(String... arguments) {
    out.reset();
    err.reset();
    var console = new Console(out, err, screen);
    var context =
        new Context(
            console,
            () -> new FakeEngine(workspace, called),
            environment,
            workspace.top(),
            InstantSource.fixed(NOW));
    exit = new Cli(context).execute(arguments);
    return this;
  }

  int exit() {
    return exit;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  /** What the engine was told to do. */
  List<String> called() {
    return called;
  }

  /** Notes what it is told, and opens one workspace. */
  private record FakeEngine(FakeWorkspace workspace, List<String> called) implements Engine {
    @Override
    public Workspace open(Place place) {
      called.add("open " + place);
      return workspace;
    }

    @Override
    public int run(Place place, RunMode mode, Console console) {
      called.add("run " + mode + " " + place);
      return ExitCode.NEEDS_HUMAN;
    }

    @Override
    public int plan(Place place, Console console) {
      called.add("plan " + place);
      return ExitCode.DONE;
    }

    @Override
    public int init(InitSettings settings, Console console) {
      called.add("init " + settings);
      return ExitCode.DONE;
    }

    @Override
    public int clean(Place place, boolean dry, Console console) {
      called.add("clean " + dry + " " + place);
      return ExitCode.DONE;
    }

    @Override
    public int demo(DemoSettings settings, Console console) {
      called.add("demo " + settings);
      return ExitCode.DONE;
    }
  }
}
