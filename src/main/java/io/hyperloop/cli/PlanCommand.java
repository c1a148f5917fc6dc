package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hyperloop plan}. */
@Command(
    name = "plan",
    description = {
      "Asks the PM what it would do, and prints it.",
      "Makes no task and records nothing."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop plan                       tasks, deferrals and questions for the specs as committed",
      "",
      "The PM is an agent: this spends what one planning costs."
    })
final class PlanCommand extends BaseCommand {
  @Mixin PlaceOptions options = new PlaceOptions();

  PlanCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("plan");
    return context.engine().get().plan(options.place(context), console());
  }
}
