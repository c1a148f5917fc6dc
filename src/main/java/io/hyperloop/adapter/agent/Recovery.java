package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finishes the runs of an orchestrator that is gone. May itself be killed at any point: what it has
 * not finished it finds again.
 */
final class Recovery {
  private final Surroundings with;
  private final List<String> report = new ArrayList<>();

  Recovery(Surroundings with) {
    this.with = with;
  }

  /** Gives each run that ended or has just been ended, and one line for each thing done. */
  List<String> run(BiConsumer<JobKey, LocalRun> found) {
    for (Path folder : folders(with.files().releasedRuns())) {
      removeReleased(new RunDirectory(folder));
    }
    for (Path folder : folders(with.files().runs())) {
      if (folder.equals(with.files().releasedRuns())) {
        continue;
      }
      try {
        recover(new RunDirectory(folder), found);
      } catch (IOException | IllegalArgumentException e) {
        report.add("left alone, not a run of ours: " + folder + " (" + e.getMessage() + ")");
      }
    }
    return List.copyOf(report);
  }

  private void recover(RunDirectory directory, BiConsumer<JobKey, LocalRun> found)
      throws IOException {
    JobKey key = JobKey.parse(String.valueOf(directory.path().getFileName()));
    Optional<RunDirectory.Kept> kept = directory.order();
    if (kept.isEmpty()) {
      // Killed before the order was written: nothing was started, nothing can be lost.
      directory.delete();
      return;
    }
    WorkOrder order = kept.get().order();
    Optional<JobEnd> end = directory.end(key);
    if (end.isPresent()) {
      report.add(
          key.name()
              + ": had ended, but that was not recorded yet ("
              + Ends.words(end.get())
              + ")");
      found.accept(key, new LocalRun(with, order, end.get()));
      return;
    }
    found.accept(key, new LocalRun(with, order, finish(directory, kept.get(), order)));
  }

  private JobEnd finish(RunDirectory directory, RunDirectory.Kept kept, WorkOrder order)
      throws IOException {
    var tree = new ProcessTree(kept.workerId());
    directory
        .leader()
        .filter(leader -> leader.boot().equals(ProcessTable.boot()))
        .ifPresent(leader -> tree.root(leader.process()));
    int alive = tree.members().size();
    List<Long> left = tree.end(ProcessTree.GRACE);
    Delivery delivery =
        directory.isPrepared()
            ? Ends.delivery(with.workplace(), order, "")
            : Ends.neverReady(order);
    JobEnd end =
        Ends.silent(
            order,
            Breakage.FOUND_AT_START,
            "its orchestrator was gone; " + alive + " of its processes were ended",
            delivery);
    directory.end(end);
    report.add(
        kept.key()
            + ": was left unfinished; "
            + alive
            + " of its processes ended"
            + (left.isEmpty() ? "" : ", not " + left)
            + taken(delivery));
    return end;
  }

  private static String taken(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Taken(String head, boolean changed, boolean anew) ->
          "; its work is on its branch at " + head.substring(0, Math.min(7, head.length()));
      case Delivery.Unusable(String why) -> "; " + why;
      case Delivery.Forbidden(List<String> paths) ->
          "; its work was not taken, it changed " + String.join(", ", paths);
      case Delivery.ReadOnly readOnly -> "";
    };
  }

  private void removeReleased(RunDirectory directory) {
    try {
      Optional<RunDirectory.Kept> kept = directory.order();
      if (kept.isPresent()) {
        with.workplace().remove(kept.get().order());
      }
      directory.delete();
    } catch (IOException | PortFailure | IllegalArgumentException e) {
      report.add("could not be removed: " + directory.path() + " (" + e.getMessage() + ")");
    }
  }

  private static List<Path> folders(Path parent) {
    var folders = new ArrayList<Path>();
    if (!Files.isDirectory(parent)) {
      return folders;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
      entries.forEach(folders::add);
    } catch (NotDirectoryException e) {
      return folders;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    folders.sort(null);
    return folders;
  }
}
