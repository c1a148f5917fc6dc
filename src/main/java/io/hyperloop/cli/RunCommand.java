package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperloop run}. */
@Command(
    name = "run",
    description = {
      "Reconciles until all is in sync, or a person is needed.",
      "On a terminal it shows the tasks under way; piped, one line per event."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop run                        merge into the base branch of this repository",
      "  hyperloop run --dry-run              what a cycle would do: no model, no write",
      "  hyperloop run --max-workers 2        two agents at a time",
      "",
      "^C ends the workers, keeps their work and exits with 130; again: at once.",
      "Exit codes: 0 converged, 1 needs a person, 2 not ready, 3 environment."
    })
final class RunCommand extends BaseCommand {
  @Mixin RunOptions options = new RunOptions();

  @Option(
      names = "--dry-run",
      description = "Tell what a cycle would do; no model, no write, no network.")
  boolean dryRun;

  RunCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("run");
    Engine.RunMode mode = dryRun ? Engine.RunMode.DRY : Engine.RunMode.UNTIL_CONVERGED;
    Place place = options.place(this);
    return context.engine().get().run(place, mode, console());
  }
}
