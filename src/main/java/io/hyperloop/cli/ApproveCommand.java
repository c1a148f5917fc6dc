package io.hyperloop.cli;

import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Task;
import io.hyperloop.port.PortFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperloop approve}. */
@Command(
    name = "approve",
    description = {
      "Clears the manual gate at which a task waits.",
      "It holds for the work as it is now: a changed branch must be approved again."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  git diff main...hyperloop/task-003   look at the work first",
      "  hyperloop approve task-003",
      "  hyperloop approve task-003 --gate human-pr-approval"
    })
final class ApproveCommand extends BaseCommand {
  @Parameters(paramLabel = "TASK", description = "The task.")
  String name = "";

  @Option(
      names = "--gate",
      paramLabel = "GATE",
      description = "The gate (default: the one at which the task waits).")
  @Nullable String gate;

  @Mixin PlaceOptions options = new PlaceOptions();

  ApproveCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("approve");
    Workspace workspace = context.engine().get().open(options.place(context));
    Task task = Lookup.task(workspace.state(), name);
    Pipeline.Step step = gateOf(task, workspace.process());
    workspace.submit(id -> new Request.Approve(id, task.id(), step.phase(), task.head()));
    String head = task.head();
    console()
        .line(
            "approved "
                + task.id()
                + " at "
                + step.phase()
                + (head == null ? "" : " (" + head.substring(0, 7) + ")"));
    console().line(Lookup.whenTaken(workspace));
    return ExitCode.DONE;
  }

  private Pipeline.Step gateOf(Task task, ProcessDefinition process) {
    Pipeline.Step step = process.pipeline().at(task.phase()).orElse(null);
    if (!task.open() || step == null || step.kind() != Pipeline.Kind.GATE) {
      String where =
          task.phase() == null || !task.open()
              ? "it is " + task.status().word()
              : "it is at " + task.phase();
      throw refused(task.id() + " is not at a gate: " + where, "see: hyperloop status");
    }
    if (gate != null && !gate.equals(step.phase()) && !gate.equals(step.name())) {
      throw refused(
          task.id() + " is not at the gate " + gate + ", but at " + step.phase(),
          "hyperloop approve " + task.id() + " --gate " + step.phase());
    }
    Gate type = process.gates().get(step.name());
    return switch (type) {
      case Gate.Manual _, Gate.All _ -> step;
      case Gate.Label _, Gate.Approval _, Gate.Checks _ ->
          throw refused(
              "the gate " + step.phase() + " is not cleared by hyperloop approve",
              "look at " + task.pr());
      case null -> throw refused("gate " + step.name() + " is not defined", "see process.yaml");
    };
  }

  private static PortFailure refused(String what, String remedy) {
    return new PortFailure(Problem.user(what, "", remedy));
  }
}
