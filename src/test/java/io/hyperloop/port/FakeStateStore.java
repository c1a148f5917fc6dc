package io.hyperloop.port;

import io.hyperloop.domain.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state store in memory. What it has taken outlives it on its {@link Disk}. */
public final class FakeStateStore implements StateStore {

  /** What survives the process. */
  public static final class Disk {
    private State state = State.EMPTY;
    private final List<String> commits = new ArrayList<>();
    private int saves;

    public State state() {
      return state;
    }

    /** Forgets the subjects so far: for worlds that go on for long. */
    public void forgetCommits() {
      commits.clear();
    }

    /** The subjects of all commits, oldest first. */
    public List<String> commits() {
      return List.copyOf(commits);
    }
  }

  private final Disk disk;
  private @Nullable String held;
  private @Nullable PortFailure failure;
  private Synced synced = new Synced.Local();

  public FakeStateStore(Disk disk) {
    this.disk = disk;
  }

  /** From now on a person's merge is in the way of every save; null ends it. */
  public void hold(@Nullable String why) {
    held = why;
  }

  /** From now on every save fails; null ends it. */
  public void fail(@Nullable PortFailure with) {
    failure = with;
  }

  /** How syncs end from now on. */
  public void syncAs(Synced end) {
    synced = end;
  }

  @Override
  public State load() {
    return disk.state;
  }

  @Override
  public Saved save(State next, String why) {
    if (failure != null) {
      throw failure;
    }
    if (!next.equals(disk.state)) {
      if (held != null) {
        return new Saved.Held(held);
      }
      disk.state = next;
      disk.commits.add(why);
      disk.saves++;
    }
    return new Saved.Durable("%040x".formatted(disk.saves));
  }

  @Override
  public Synced sync() {
    return synced;
  }
}
