package io.hyperloop.adapter.git;

import io.hyperloop.domain.Delivery;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells a person what in the repository's git directory came to start programs while agents worked.
 * We obey none of it (see {@link CleanRoom}), but the person's own git commands would.
 */
public final class WatchedWorkplace implements Workplace {
  private final Workplace workplace;
  private final Repository repository;
  private final Consumer<String> warn;
  private GitSettings known;
  private List<String> stamps;

  /**
   * Watches from now on.
   *
   * @param warn is given one line for each setting or hook that is new or different
   */
  public WatchedWorkplace(Workplace workplace, Repository repository, Consumer<String> warn) {
    this.workplace = workplace;
    this.repository = repository;
    this.warn = warn;
    this.stamps = GitSettings.stamps(repository);
    this.known = GitSettings.of(repository);
  }

  @Override
  public Path prepare(WorkOrder order) {
    return workplace.prepare(order);
  }

  @Override
  public Delivery takeOver(WorkOrder order, String detail) {
    look(order);
    return workplace.takeOver(order, detail);
  }

  private synchronized void look(WorkOrder order) {
    List<String> found = GitSettings.stamps(repository);
    if (found.equals(stamps)) {
      return;
    }
    stamps = found;
    GitSettings now = GitSettings.of(repository);
    for (GitSettings.Entry entry : now.since(known)) {
      warn.accept(
          "while "
              + order.key().name()
              + " or another agent worked, somebody changed "
              + entry
              + ": this run does not use it, your own git and the next run will; unless it was you,"
              + " take it out");
    }
    known = now;
  }

  @Override
  public void remove(WorkOrder order) {
    look(order);
    workplace.remove(order);
  }

  @Override
  public List<String> sweep(Set<String> known) {
    return workplace.sweep(known);
  }
}
