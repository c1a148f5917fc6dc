package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.PortFailure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hyperloop retry}. */
@Command(
    name = "retry",
    description = {
      "Has a task go on that was parked for a person.",
      "It goes on where it stood, with all attempts anew. A text goes into the next prompt."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop describe task task-003     see why it was parked",
      "  hyperloop retry task-003",
      "  hyperloop retry task-003 \"The port is configured in settings.toml.\""
    })
final class RetryCommand extends BaseCommand {
  private static final int TEXT_MAX = 64 << 10;

  @Parameters(index = "0", paramLabel = "TASK", description = "The task.")
  String name = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "A hint.")
  List<String> words = List.of();

  @Mixin PlaceOptions options = new PlaceOptions();

  RetryCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("retry");
    String text = String.join(" ", words).strip();
    if (text.length() > TEXT_MAX) {
      throw wrong("TEXT has at most " + TEXT_MAX + " characters, not " + text.length());
    }
    Workspace workspace = context.engine().get().open(options.place(context));
    Task task = Lookup.task(workspace.state(), name);
    Reason reason = task.reason();
    if (task.status() != TaskStatus.FAILED || reason == null || !reason.kind().parks()) {
      throw new PortFailure(
          Problem.user(
              task.id()
                  + " is not parked: it is "
                  + task.status().word()
                  + (reason == null ? "" : " (" + reason + ")"),
              "",
              "see: hyperloop status"));
    }
    workspace.submit(id -> new Request.Retry(id, task.id(), text));
    console().line("retrying " + task.id());
    console().line(Lookup.whenTaken(workspace));
    return ExitCode.DONE;
  }
}
