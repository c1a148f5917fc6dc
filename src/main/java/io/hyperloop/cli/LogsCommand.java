package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperloop logs}. */
@Command(
    name = "logs",
    description = {
      "Prints what the newest agent of a task says and does, whichever program it is.",
      "With -f it goes on as the agent does, and then with the task's next agent."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop logs task-003",
      "  hyperloop logs task-003 -f",
      "  hyperloop logs pm -f",
      "",
      "All logs of a task are files; hyperloop describe task NAME names them."
    })
final class LogsCommand extends BaseCommand {
  private static final int PAUSE_MILLIS = 200;

  @Parameters(paramLabel = "TASK|pm", description = "A task, or pm for whoever plans.")
  String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the task has ended, or nothing runs any more.")
  boolean follow;

  @Mixin PlaceOptions options = new PlaceOptions();

  LogsCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Workspace workspace = context.engine().get().open(options.place(context));
    Optional<TaskId> task =
        name.equals("pm")
            ? Optional.empty()
            : Optional.of(Lookup.task(workspace.state(), name).id());
    Path folder = task.map(workspace::logs).orElseGet(workspace::planningLogs);
    var follower = new LogFollower(() -> newest(folder), this::print);
    if (newest(folder).isEmpty() && (!follow || workspace.orchestrator().isEmpty())) {
      throw new PortFailure(
          Problem.user(
              "there is no log of " + name + " on this machine",
              folder.toString(),
              "logs are kept where the agents run, for as long as retention: says"));
    }
    follower.follow(() -> follow && goesOn(workspace, task), LogsCommand::pause);
    return ExitCode.DONE;
  }

  private static Optional<Path> newest(Path folder) {
    return TaskLogs.in(folder).logs().stream().findFirst();
  }

  private void print(String text) {
    console().text(text);
    console().flush();
  }

  private static boolean goesOn(Workspace workspace, Optional<TaskId> task) {
    return workspace.orchestrator().isPresent()
        && task.flatMap(workspace.state().tasks()::find).map(t -> t.open()).orElse(true);
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
