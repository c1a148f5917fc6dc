package io.hyperloop.cli;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.port.PortFailure;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hyperloop answer}. */
@Command(
    name = "answer",
    description = {
      "Answers a question about a task or a spec.",
      "The text goes into the next prompt; a task loses no round by it."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop answer task-003 \"Use PostgreSQL 16.\"",
      "  hyperloop answer specs/auth.md \"Tokens expire after 24 hours.\""
    })
final class AnswerCommand extends BaseCommand {
  private static final int TEXT_MAX = 64 << 10;

  @Parameters(index = "0", paramLabel = "TASK|SPEC", description = "What asked.")
  String name = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "The answer.")
  List<String> words = List.of();

  @Mixin PlaceOptions options = new PlaceOptions();

  AnswerCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("answer");
    String text = String.join(" ", words).strip();
    if (text.isEmpty() || text.length() > TEXT_MAX) {
      throw wrong("TEXT has 1 to " + TEXT_MAX + " characters, not " + text.length());
    }
    Workspace workspace = context.engine().get().open(options.place(context));
    State state = workspace.state();
    String who =
        Lookup.isTask(name) || name.matches("[0-9]{1,9}")
            ? task(workspace, Lookup.task(state, name), text)
            : spec(workspace, state, text);
    console().line("answered " + who);
    console().line(Lookup.whenTaken(workspace));
    return ExitCode.DONE;
  }

  private static String task(Workspace workspace, Task task, String text) {
    if (!task.open() || !task.is(Reason.Kind.QUESTION)) {
      throw asksNothing(task.id().toString(), "hyperloop describe task " + task.id());
    }
    workspace.submit(id -> new Request.AnswerTask(id, task.id(), text));
    return task.id().toString();
  }

  private String spec(Workspace workspace, State state, String text) {
    Spec found = Lookup.spec(workspace, workspace.specs(), context.directory(), name);
    Handled handled = state.intake().handled().get(found.path());
    if (handled == null
        || !handled.blob().equals(found.blob())
        || !handled.outcome().needsHuman()) {
      throw asksNothing(found.path(), "to change what is wanted, edit the spec and commit it");
    }
    workspace.submit(id -> new Request.AnswerSpec(id, found.path(), text));
    return found.path();
  }

  private static PortFailure asksNothing(String who, String remedy) {
    return new PortFailure(Problem.user(who + " asks nothing", "", remedy));
  }
}
