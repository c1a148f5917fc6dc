package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program itself: what is said without a command. */
@Command(
    name = "hyperloop",
    description = "Keeps code in sync with the specs in a git repository, by driving AI agents.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop demo                       see it work: no key, no network",
      "  hyperloop init                       make this repository ready",
      "  hyperloop run                        close the gap between specs and code",
      "  hyperloop status                     what it does, what it waits for, what to type",
      "",
      "Exit codes: 0 converged, 1 needs a person, 2 usage or configuration,",
      "3 environment, 70 a bug. More: hyperloop COMMAND --help"
    })
final class HyperloopCommand extends BaseCommand {
  @Option(
      names = {"-V", "--version"},
      description = "Show the version and exit.")
  boolean version;

  HyperloopCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (version) {
      console().line(Version.text());
      return ExitCode.DONE;
    }
    console().note("error: no command given\n");
    console().note(spec.commandLine().getUsageMessage().stripTrailing());
    return ExitCode.USER;
  }
}
