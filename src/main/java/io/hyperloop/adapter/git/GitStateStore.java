package io.hyperloop.adapter.git;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.State;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.StateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The state as files in git, on the base branch or on a branch of its own. A save is one commit
 * that touches nothing but {@code .hyperloop/state/}; what it needs to know of the files it keeps
 * in memory, so that it reads nothing again.
 */
public final class GitStateStore implements StateStore {
  private static final int TRIES = 20;
  private static final int SUBJECT_MAX = 200;
  private static final Duration GC_PATIENCE = Duration.ofSeconds(1);

  private final Repository repository;
  private final BaseBranch base;
  private final BaseBranch branch;
  private final ObjectStore objects;
  private final Identity identity;
  private final InstantSource clock;
  private final boolean push;
  private final boolean trunk;
  private KnownState known = KnownState.NONE;
  private @Nullable String knownTip;
  private boolean loaded;

  /**
   * The state of a repository.
   *
   * @param base the base branch, the same object that merges go through
   * @param place where {@link StatePlace#of} says it is
   * @param push whether {@link #sync} may use the network
   */
  public GitStateStore(
      Repository repository, BaseBranch base, StatePlace place, boolean push, InstantSource clock) {
    this.repository = repository;
    this.base = base;
    this.branch =
        switch (place) {
          case StatePlace.Trunk _ when base.isFetched() -> base.sibling(base.name());
          case StatePlace.Trunk _ -> base;
          case StatePlace.Branch(String name) -> base.sibling(name);
        };
    this.trunk = place instanceof StatePlace.Trunk;
    this.objects = branch.objects();
    this.identity = Identity.ask(repository.git());
    this.clock = clock;
    this.push = push;
  }

  /**
   * Finishes what a killed process left half done on the state's own branch; the base branch has
   * its own {@link BaseBranch#recover()}. Called once at start.
   *
   * @return one line for each thing found and done
   */
  public List<String> recover() {
    return onTrunk() ? List.of() : branch.recover();
  }

  @CanIgnoreReturnValue
  @Override
  public synchronized State load() {
    String tip = tip();
    if (loaded && Objects.equals(tip, knownTip)) {
      return known.state();
    }
    known = tip == null ? KnownState.NONE : new StateReader(repository, objects).read(tip);
    knownTip = tip;
    loaded = true;
    return known.state();
  }

  @Override
  public synchronized Saved save(State next, String why) {
    if (!loaded) {
      load();
    }
    if (next.equals(known.state())) {
      return new Saved.Durable(knownTip == null ? base.tip() : knownTip);
    }
    GcPause pause = GcPause.of(repository);
    if (!pause.hold(GC_PATIENCE)) {
      return new Saved.Held(pause.why());
    }
    try {
      return write(next, why);
    } finally {
      pause.release();
    }
  }

  private Saved write(State next, String why) {
    KnownState.Next wanted = known.next(next, objects);
    if (wanted.changes().isEmpty()) {
      known = wanted.known();
      return new Saved.Durable(knownTip == null ? base.tip() : knownTip);
    }
    String state = Objects.requireNonNull(wanted.known().id());
    for (int i = 0; i < TRIES; i++) {
      String tip = tip();
      if (!Objects.equals(tip, knownTip)) {
        refuseForeign(tip);
      }
      String commit =
          objects.insertCommit(
              StateTree.with(objects, tip, state),
              tip == null ? List.of() : List.of(tip),
              identity.at(clock.instant()),
              subject(why));
      // A state branch that only the remote has begins here with our commit on top of theirs.
      String here = onTrunk() ? tip : branch.find();
      switch (branch.advance(here, commit, why, wanted.changes())) {
        case Advance.Advanced _ -> {
          known = wanted.known();
          knownTip = commit;
          return new Saved.Durable(commit);
        }
        case Advance.Held(String reason) -> {
          return new Saved.Held(reason);
        }
        // Or a git command of a person's holds the ref's lock, for a moment.
        case Advance.Moved _ -> LockSupport.parkNanos(Duration.ofMillis(i).toNanos());
      }
    }
    throw new PortFailure(
        Problem.environment(
            "the state could not be saved: " + branch.name() + " moves all the time, or is locked",
            repository.top().toString(),
            "see what commits to it: git reflog "
                + branch.name()
                + "; if no git runs, delete "
                + repository.commonDirectory().resolve("refs/heads/" + branch.name() + ".lock")));
  }

  @Override
  public Synced sync() {
    String remote = push ? BranchSync.remote(base.room().git(), base.name()) : null;
    if (remote == null) {
      return new Synced.Local();
    }
    var ends = new ArrayList<Synced>();
    boolean alone = onTrunk() || base.isFetched();
    for (BaseBranch each : alone ? List.of(branch) : List.of(branch, base)) {
      var room = new SyncRoom(repository, base.room(), each.name());
      ends.add(new BranchSync(room, each, remote, () -> identity.at(clock.instant())).run());
    }
    return ends.stream()
        .filter(end -> end instanceof Synced.Conflict)
        .findFirst()
        .or(() -> ends.stream().filter(end -> end instanceof Synced.Offline).findFirst())
        .orElse(new Synced.Done());
  }

  private @Nullable String tip() {
    return onTrunk()
        ? branch.tip()
        : StatePlace.tip(repository, objects, base.name(), branch.name());
  }

  private boolean onTrunk() {
    return trunk;
  }

  /** The branch moved by other hands: fine as long as they left the state alone. */
  private void refuseForeign(@Nullable String tip) {
    String id = tip == null ? null : StateTree.id(objects, tip);
    if (!Objects.equals(id, known.id())) {
      throw new PortFailure(
          Problem.user(
              "the state was changed by somebody else: "
                  + (tip == null
                      ? "the branch " + branch.name() + " is gone"
                      : BranchSync.writer(base.room().git(), knownTip, tip)),
              branch.name() + ":" + StateTree.FOLDER,
              "nothing was overwritten; look at that change, then start hyperloop again to go on"
                  + " from it"));
    }
    knownTip = tip;
  }

  private static String subject(String why) {
    String line = why.replaceAll("\\p{Cntrl}+", " ").strip();
    String cut = line.length() <= SUBJECT_MAX ? line : line.substring(0, SUBJECT_MAX) + "...";
    return cut + BranchSync.SKIP;
  }
}
