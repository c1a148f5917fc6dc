package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hyperloop gc}. */
@Command(
    name = "gc",
    description = {
      "Deletes what is not needed any more.",
      "Old logs and prompts as retention: says, and, where no hyperloop works on the repository,",
      "what killed runs left: work trees, and old backups of work that was given up."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop gc --dry-run               tell what would be deleted, and how much that is",
      "  hyperloop gc                         delete it",
      "",
      "run and watch delete old logs by themselves, each hour."
    })
final class GcCommand extends BaseCommand {
  @Mixin PlaceOptions options = new PlaceOptions();

  @Option(names = "--dry-run", description = "Tell what would be deleted, and change nothing.")
  boolean dry;

  GcCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("gc");
    return context.engine().get().clean(options.place(context), dry, console());
  }
}
