package io.hyperloop.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hyperloop init}. */
@Command(
    name = "init",
    description = {
      "Makes a repository ready.",
      "Writes the configuration, agent templates, process and folders for the state, and commits",
      "them. Overwrites nothing; doing it twice is the same as once."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  git init && git commit --allow-empty -m init",
      "  hyperloop init                       make and commit what is needed, and your new specs",
      "  hyperloop init --no-commit           leave committing to you",
      "  hyperloop init --base-ref https://example.com/team/base?ref=v1"
    })
final class InitCommand extends BaseCommand {
  @Option(names = "--path", paramLabel = "DIR", description = "The repository (default: here).")
  @Nullable Path path;

  @Option(
      names = "--base-ref",
      paramLabel = "REF",
      description = "Build on this remote kustomize base instead of the shipped one.")
  @Nullable String baseRef;

  @Option(
      names = "--overlay",
      paramLabel = "REF",
      description = "Use this remote overlay instead of .hyperloop/agents/.")
  @Nullable String overlay;

  @Option(names = "--no-commit", description = "Do not commit what was made.")
  boolean noCommit;

  InitCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("init");
    Path directory = path == null ? context.directory() : context.directory().resolve(path);
    var settings = new Engine.InitSettings(directory, baseRef, overlay, !noCommit);
    return context.engine().get().init(settings, console());
  }
}
