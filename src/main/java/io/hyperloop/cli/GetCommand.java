package io.hyperloop.cli;

import io.hyperloop.domain.SpecView;
import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Table;
import io.hyperloop.terminal.Table.Cell;
import io.hyperloop.terminal.Tone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperloop get}. */
@Command(
    name = "get",
    description = "Lists specs, tasks, or what agents have used.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop get specs",
      "  hyperloop get tasks",
      "  hyperloop get tasks -o json | jq '.[] | select(.turn == \"needs you\")'",
      "  hyperloop get usage --by spec",
      "",
      "It never writes, and needs no orchestrator."
    })
final class GetCommand extends BaseCommand {
  @Parameters(paramLabel = "specs|tasks|usage", description = "What to list.")
  String name = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table, json or yaml (default: table).")
  Format format = Format.TABLE;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "For usage: task, role, spec, model or worker (default: task).")
  UsageView.@Nullable By by;

  @Mixin PlaceOptions options = new PlaceOptions();

  GetCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (by != null && !name.equals("usage")) {
      throw wrong("--by is for usage");
    }
    boolean specs = isSpecs();
    Workspace workspace = context.engine().get().open(options.place(context));
    if (name.equals("usage")) {
      return usage(new UsageView(workspace.usage(), by == null ? UsageView.By.TASK : by));
    }
    Look look = Look.at(workspace, context.now());
    look.notices().forEach(notice -> console().note("note: " + notice));
    if (format == Format.TABLE) {
      Table table = specs ? specs(look) : tasks(look);
      if (table.empty()) {
        console().note(specs ? "no specs on " + workspace.base() : "no tasks yet");
      } else {
        console().lines(table.lines(console().screen()));
      }
    } else {
      Object listed =
          specs
              ? look.overview().specs().stream().map(Fields::of).toList()
              : look.overview().tasks().stream().map(Fields::of).toList();
      console().text(Fields.written(listed, format));
    }
    return ExitCode.DONE;
  }

  private int usage(UsageView view) {
    if (format != Format.TABLE) {
      console().text(Fields.written(view.fields(), format));
    } else if (view.empty()) {
      console().note("no agent has said what it used");
    } else {
      console().lines(view.table().lines(console().screen()));
    }
    return ExitCode.DONE;
  }

  private boolean isSpecs() {
    return switch (name) {
      case "specs", "spec" -> true;
      case "tasks", "task", "usage" -> false;
      default -> throw wrong("only specs, tasks and usage can be listed, not " + name);
    };
  }

  private static Table specs(Look look) {
    Table table = Table.of("SPEC...", "STATUS", "TASKS", "WHY...");
    for (SpecView spec : look.overview().specs()) {
      table.row(
          Cell.of(spec.spec().path()),
          new Cell(spec.status().word(), Tones.of(spec.status())),
          Cell.of(String.valueOf(spec.tasks().size())),
          Cell.of(Tones.brief(spec.why())));
    }
    return table;
  }

  private static Table tasks(Look look) {
    Table table = Table.of("TASK", "STATUS", "PHASE", "ROUND", "TURN", "WHY...", "TITLE...");
    for (TaskView view : look.overview().tasks()) {
      String phase = view.task().phase();
      table.row(
          Cell.of(view.task().id().toString()),
          Cell.of(view.task().status().word()),
          Cell.of(phase == null ? "-" : phase),
          Cell.of(String.valueOf(view.task().round())),
          new Cell(view.turn().word(), Tones.of(view.turn())),
          Cell.of(Tones.brief(view.why())),
          new Cell(Tones.brief(view.task().title()), Tone.PLAIN));
    }
    return table;
  }
}
