package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.SpecView;
import io.hyperloop.domain.TaskView;
import io.hyperloop.port.PortFailure;
import io.hyperloop.terminal.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperloop describe}. */
@Command(
    name = "describe",
    description = "Tells all about one task or spec.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop describe task task-003",
      "  hyperloop describe task task-003 --prompt     what its last agent was told",
      "  hyperloop describe spec specs/auth.md -o json",
      "",
      "It never writes, and needs no orchestrator."
    })
final class DescribeCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "task|spec", description = "What to describe.")
  String what = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "A task's id, or a spec's path.")
  String name = "";

  @Option(names = "--prompt", description = "Print the last prompt of the task instead.")
  boolean prompt;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table, json or yaml (default: table).")
  Format format = Format.TABLE;

  @Mixin PlaceOptions options = new PlaceOptions();

  DescribeCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    boolean isSpec = isSpec();
    Workspace workspace = context.engine().get().open(options.place(context));
    return isSpec ? spec(workspace) : task(workspace);
  }

  private boolean isSpec() {
    return switch (what) {
      case "spec", "specs" -> true;
      case "task", "tasks" -> false;
      default -> throw wrong("only a task or a spec can be described, not " + what);
    };
  }

  private int task(Workspace workspace) {
    Look look = Look.at(workspace, context.now());
    var id = Lookup.task(look.state(), name).id();
    TaskView view =
        look.overview().tasks().stream()
            .filter(t -> t.task().id().equals(id))
            .findFirst()
            .orElseThrow();
    TaskLogs logs = TaskLogs.in(workspace.logs(id));
    if (prompt) {
      return prompt(id.toString(), logs);
    }
    if (format == Format.TABLE) {
      console().lines(new TaskText(console().screen(), look, view, logs).lines());
    } else {
      Map<String, @Nullable Object> fields = Fields.of(view);
      fields.put("description", view.task().description());
      fields.put(
          "reviews", look.state().reviews().of(id).reversed().stream().map(Fields::of).toList());
      fields.put("logs", logs.logs().stream().map(Path::toString).toList());
      console().text(Fields.written(fields, format));
    }
    return ExitCode.DONE;
  }

  private int prompt(String task, TaskLogs logs) {
    if (logs.prompts().isEmpty()) {
      throw new PortFailure(
          Problem.user(
              "no prompt of " + task + " is kept on this machine",
              logs.folder().toString(),
              "prompts are kept where the agents ran"));
    }
    Path newest = logs.prompts().getFirst();
    try {
      String text = Files.readString(newest);
      console().text(console().screen().terminal() ? Text.block(text) : text);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "the prompt cannot be read: " + e.getMessage(), newest.toString(), ""),
          e);
    }
  }

  private int spec(Workspace workspace) {
    if (prompt) {
      throw wrong("--prompt is for tasks");
    }
    Look look = Look.at(workspace, context.now());
    String path = Lookup.spec(workspace, workspace.specs(), context.directory(), name).path();
    SpecView view =
        look.overview().specs().stream()
            .filter(s -> s.spec().path().equals(path))
            .findFirst()
            .orElseThrow();
    if (format == Format.TABLE) {
      console().lines(new SpecText(console().screen(), look, view).lines());
    } else {
      Map<String, @Nullable Object> fields = Fields.of(view);
      fields.put("answers", look.state().intake().answersFor(path));
      console().text(Fields.written(fields, format));
    }
    return ExitCode.DONE;
  }
}
