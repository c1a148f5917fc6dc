package io.hyperloop;

import io.hyperloop.adapter.agent.AgentFiles;
import io.hyperloop.adapter.disk.DiskUse;
import io.hyperloop.adapter.disk.Housekeeping;
import io.hyperloop.adapter.git.Leftovers;
import io.hyperloop.adapter.git.Leftovers.Backup;
import io.hyperloop.adapter.git.Leftovers.WorkTree;
import io.hyperloop.adapter.git.OrchestratorLock;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.ExitCode;
import io.hyperloop.terminal.Text;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code hyperloop gc}: deletes what is not needed any more, or tells what that is. */
final class Cleaning {
  private final Wiring wiring;
  private final Console console;
  private final InstantSource clock;
  private final boolean dry;
  private boolean found;

  /**
   * In a repository.
   *
   * @param dry whether nothing is changed
   */
  Cleaning(Wiring wiring, Console console, InstantSource clock, boolean dry) {
    this.wiring = wiring;
    this.console = console;
    this.clock = clock;
    this.dry = dry;
  }

  /** Gives the exit code. */
  int run() {
    Optional<OrchestratorLock.Holder> holder = OrchestratorLock.holder(wiring.repository());
    int code;
    if (holder.isPresent()) {
      console.note(
          "another hyperloop works on this repository: "
              + holder.get().words()
              + "; what its runs leave it deletes itself, so this looks at logs and prompts only");
      code = logs();
    } else if (dry) {
      code = logs();
      leftovers();
    } else {
      try (OrchestratorLock _ = OrchestratorLock.take(wiring.repository(), clock.instant())) {
        code = logs();
        leftovers();
      }
    }
    if (!found) {
      console.line("nothing to delete");
    }
    return code;
  }

  private int logs() {
    Housekeeping housekeeping = wiring.disk().housekeeping();
    Housekeeping.Removal removal = dry ? housekeeping.due() : housekeeping.tidy();
    tell(removal.files(), "log or prompt", "logs and prompts", removal.bytes());
    removal.failures().forEach(console::note);
    found |= !removal.failures().isEmpty();
    return removal.failures().isEmpty() ? ExitCode.DONE : ExitCode.ENVIRONMENT;
  }

  private void leftovers() {
    Leftovers leftovers = wiring.leftovers();
    // A run that has a folder is the next start's to finish: its work is not taken over yet.
    Set<String> known = new AgentFiles(wiring.stateDirectory()).runNames();
    List<WorkTree> workTrees = leftovers.workTrees(known);
    List<Path> rubbish = leftovers.rubbish();
    long bytes = workTrees.stream().mapToLong(Cleaning::bytes).sum();
    long thrownAway = rubbish.stream().mapToLong(Cleaning::bytes).sum();
    List<Backup> backups = leftovers.backups(clock.instant().minus(wiring.disk().retentionAge()));
    if (!dry) {
      workTrees.forEach(leftovers::remove);
      leftovers.clear();
    }
    tell(
        workTrees.size(),
        "work tree of a run that is gone",
        "work trees of runs that are gone",
        bytes);
    tell(
        rubbish.size(),
        "folder that was being deleted",
        "folders that were being deleted",
        thrownAway);
    backups(leftovers, backups);
  }

  private void backups(Leftovers leftovers, List<Backup> backups) {
    List<Backup> gone = dry ? backups : backups.stream().filter(leftovers::delete).toList();
    if (gone.isEmpty()) {
      return;
    }
    found = true;
    console.line(
        verb()
            + gone.size()
            + (gone.size() == 1 ? " backup" : " backups")
            + " of work that was given up");
    gone.forEach(backup ->
        console.line(
            "  "
                + Text.line(backup.ref())
                + " "
                + backup.commit().substring(0, 7)
                + ", committed "
                + backup.made()));
  }

  private void tell(int count, String one, String several, long bytes) {
    if (count > 0) {
      found = true;
      console.line(
          verb() + count + " " + (count == 1 ? one : several) + ", " + DiskUse.words(bytes));
    }
  }

  private String verb() {
    return dry ? "would delete " : "deleted ";
  }

  private static long bytes(WorkTree workTree) {
    return bytes(workTree.folder()) + bytes(workTree.room());
  }

  private static long bytes(Path folder) {
    return DiskUse.of(folder).bytes();
  }
}
