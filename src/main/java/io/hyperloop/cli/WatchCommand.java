package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperloop watch}. */
@Command(
    name = "watch",
    description = {
      "Reconciles and never halts.",
      "When nothing is left to do it waits, and goes on when something changes."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop watch                      until ^C",
      "  hyperloop watch > events.log         one line per event"
    })
final class WatchCommand extends BaseCommand {
  @Mixin RunOptions options = new RunOptions();

  @Option(
      names = "--dry-run",
      description = "Tell what a cycle would do, once; no model, no write, no network.")
  boolean dryRun;

  WatchCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("watch");
    Engine.RunMode mode = dryRun ? Engine.RunMode.DRY : Engine.RunMode.FOR_EVER;
    Place place = options.place(this);
    return context.engine().get().run(place, mode, console());
  }
}
