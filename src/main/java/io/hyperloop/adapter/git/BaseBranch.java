package io.hyperloop.adapter.git;

import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A branch that hyperloop commits to while people may have it checked out. Moving it takes their
 * work trees along and leaves byte for byte what is staged, modified, untracked or ignored there.
 *
 * <p>One instance per branch and process: moves are made one at a time.
 *
 * <p>The order makes every instant one that {@link #recover()} understands: note, locks of the
 * indexes, look for what is in the way, compare-and-swap, files and index, forget the note, unlock.
 * {@code git read-tree -m -u} alone would overwrite ignored files, and leaves a broken index if it
 * is killed; a branch moved under an old index makes a person's next {@code commit -a} take the
 * move back.
 */
public final class BaseBranch implements AutoCloseable {
  private final Repository repository;
  private final String name;
  private final @Nullable String remote;
  private final ObjectStore objects;
  private final Checkouts checkouts;
  private final Supplier<CleanRoom> room;
  private final Consumer<AdvanceStep> at;
  private volatile String ours = "";
  private @Nullable RefWatcher watcher;

  /**
   * A branch.
   *
   * @param room where git works on people's work trees; asked when one has to follow
   */
  public BaseBranch(Repository repository, String name, Supplier<CleanRoom> room) {
    this(repository, name, null, room, step -> {});
  }

  /**
   * A branch as it was last fetched from a remote. It follows what is merged there, and is never
   * moved by {@link #advance}.
   */
  public static BaseBranch fetched(
      Repository repository, String name, String remote, Supplier<CleanRoom> room) {
    return new BaseBranch(repository, name, remote, room, step -> {});
  }

  /** For tests that die at a step. */
  BaseBranch(
      Repository repository, String name, Supplier<CleanRoom> room, Consumer<AdvanceStep> at) {
    this(repository, name, null, room, at);
  }

  private BaseBranch(
      Repository repository,
      String name,
      @Nullable String remote,
      Supplier<CleanRoom> room,
      Consumer<AdvanceStep> at) {
    this.remote = remote;
    this.room = room;
    this.repository = repository;
    this.name = name;
    this.objects = new ObjectStore(repository, () -> room.get().git());
    this.checkouts = new Checkouts(repository);
    this.at = at;
  }

  /** Where git runs that is to obey nothing but the settings of the run's start. */
  CleanRoom room() {
    return room.get();
  }

  /** Another branch of the same repository. */
  BaseBranch sibling(String other) {
    return new BaseBranch(repository, other, room);
  }

  /** Whether it is a remote's, as it was last fetched. */
  boolean isFetched() {
    return remote != null;
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
      throw Readiness.noBase(repository.top(), name, remote);
    }
    return tip;
  }

  /** As {@link #tip()}, null if there is no such branch. */
  @Nullable String find() {
    return objects.ref(ref());
  }

  ObjectStore objects() {
    return objects;
  }

  /**
   * Moves the branch from one commit to the next.
   *
   * @param old where the caller believes it stands
   * @param next a commit that exists
   * @param why one line for the reflog
   */
  public synchronized Advance advance(String old, String next, String why) {
    if (!old.equals(find())) {
      return new Advance.Moved();
    }
    return checkouts.on(ref()).isEmpty() && checkouts.rebaseOf(ref()).isEmpty()
        ? alone(old, next, why)
        : move(old, next, why, TreeChange.between(objects.git(), old, next), true);
  }

  /**
   * The same for a caller that knows what changes, all of it plain files, and has no use for a
   * thorough look at what is staged: two git processes fewer.
   */
  synchronized Advance advance(
      @Nullable String old, String next, String why, List<TreeChange> changes) {
    return old == null ? alone(null, next, why) : move(old, next, why, changes, false);
  }

  private Advance move(
      String old, String next, String why, List<TreeChange> changes, boolean thorough) {
    Optional<String> rebase = checkouts.rebaseOf(ref());
    if (rebase.isPresent()) {
      return new Advance.Held(rebase.get());
    }
    boolean wasEmpty = changes.stream().allMatch(TreeChange::added);
    List<Checkout> along =
        checkouts.on(ref()).stream()
            .filter(checkout -> checkout.followable(wasEmpty && emptyTree(old)))
            .toList();
    for (Checkout checkout : along) {
      Optional<String> busy = checkout.busy();
      if (busy.isPresent()) {
        return new Advance.Held(busy.get());
      }
    }
    if (along.isEmpty()) {
      return alone(old, next, why);
    }
    AdvanceNote note = AdvanceNote.write(repository, ref(), old, next, along);
    at.accept(AdvanceStep.NOTED);
    var locked = new ArrayList<Checkout>();
    Advance swapped;
    try {
      swapped = lockAndSwap(note, locked, why, changes, thorough);
    } catch (PortFailure e) {
      release(note, locked);
      throw e;
    }
    if (!(swapped instanceof Advance.Advanced)) {
      release(note, locked);
      return swapped;
    }
    at.accept(AdvanceStep.SWAPPED);
    for (Checkout checkout : locked) {
      follow(checkout, note, changes);
    }
    release(note, locked);
    return swapped;
  }

  private Advance lockAndSwap(
      AdvanceNote note,
      List<Checkout> locked,
      String why,
      List<TreeChange> changes,
      boolean thorough) {
    for (Checkout checkout : note.checkouts()) {
      if (!checkout.lock(note.token())) {
        return new Advance.Held(checkout.lockedBy());
      }
      locked.add(checkout);
    }
    at.accept(AdvanceStep.LOCKED);
    for (Checkout checkout : note.checkouts()) {
      Supplier<Git> git = () -> git(checkout, note.old());
      Optional<String> conflict =
          checkout.busy().or(() -> checkout.conflict(git, changes, thorough));
      if (conflict.isPresent()) {
        return new Advance.Held(conflict.get());
      }
    }
    return swap(note.old(), note.next(), why);
  }

  /** Without a work tree; the note tells that a lock of the ref may be a killed process's. */
  private Advance alone(@Nullable String old, String next, String why) {
    AdvanceNote note =
        AdvanceNote.write(repository, ref(), old == null ? "" : old, next, List.of());
    try {
      return swap(old, next, why);
    } finally {
      note.delete();
    }
  }

  private Advance swap(@Nullable String old, String next, String why) {
    // Before the swap, so that the watcher cannot see the move before it knows whose it is.
    ours = next;
    return objects.compareAndSwap(ref(), old, next, why)
        ? new Advance.Advanced()
        : new Advance.Moved();
  }

  private void follow(Checkout checkout, AdvanceNote note, List<TreeChange> changes) {
    String token = note.token();
    checkout.copyIndex(token);
    at.accept(AdvanceStep.COPIED);
    Git plain = git(checkout, note.old());
    Git git = checkout.onCopy(plain, token);
    boolean followed = git.attempt("read-tree", "-m", "-u", note.old(), note.next()).ok();
    if (!followed) {
      // Times alone may differ, as after copying the folder: git then takes files for modified.
      git.attempt("update-index", "-q", "--refresh");
      followed = git.attempt("read-tree", "-m", "-u", note.old(), note.next()).ok();
    }
    at.accept(AdvanceStep.FILES_WRITTEN);
    if (followed) {
      checkout.putInPlace(token);
    } else {
      new CheckoutRepair(plain, checkout, token, note.old(), note.next()).run(changes);
    }
    at.accept(AdvanceStep.INDEX_IN_PLACE);
  }

  private Git git(Checkout checkout, String head) {
    return new CheckoutRoom(room.get(), name).over(checkout, head);
  }

  private void release(AdvanceNote note, List<Checkout> locked) {
    // A lock without its note is known as a leftover; a note without lock would mean work to do.
    note.delete();
    at.accept(AdvanceStep.NOTE_FORGOTTEN);
    locked.forEach(checkout -> checkout.release(note.token()));
  }

  private boolean emptyTree(String commit) {
    return objects.treeOf(commit).equals("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  }

  /**
   * Finishes or undoes what a killed process left half done. Called once at start, by the holder of
   * the {@link OrchestratorLock}.
   *
   * @return one line for each thing found and done
   * @throws PortFailure of kind ENVIRONMENT if a git command of a person's is in the way
   */
  public synchronized List<String> recover() {
    return new AdvanceRecovery(repository, ref(), objects, checkouts, this::git).run();
  }

  /** Calls back when the tip may have moved by other hands than ours, from any thread. */
  public synchronized void onChange(Runnable wake) {
    if (watcher != null) {
      watcher.close();
    }
    watcher =
        new RefWatcher(
            repository.commonDirectory(),
            ref(),
            () -> {
              if (!ours.equals(find())) {
                wake.run();
              }
            });
  }

  @Override
  public synchronized void close() {
    if (watcher != null) {
      watcher.close();
    }
  }

  private String ref() {
    return remote == null ? "refs/heads/" + name : "refs/remotes/" + remote + "/" + name;
  }
}
