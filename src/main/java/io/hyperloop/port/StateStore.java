package io.hyperloop.port;

import io.hyperloop.domain.State;

/** Where the state is kept. It finds out itself what changed. */
public interface StateStore {

  /**
   * The state as last saved by anybody; {@link State#EMPTY} where there is none yet.
   *
   * @throws PortFailure of kind USER naming file, line and key if a file cannot be understood, or
   *     if its format is newer than this program's
   */
  State load();

  /**
   * Makes {@code next} durable in at most one commit, and in none if nothing changed.
   *
   * @param why the subject of the commit, one line
   * @throws PortFailure if it could not be saved; then nothing was
   */
  Saved save(State next, String why);

  /** How a save went. */
  sealed interface Saved {
    /** On disk; {@code tip} is the commit that holds the state now. */
    record Durable(String tip) implements Saved {}

    /** A person's merge, rebase or lock is in the way: nothing was saved, try again later. */
    record Held(String why) implements Saved {}
  }

  /** Fetches and pushes what is ours, best effort; off the deciding thread. */
  Synced sync();

  /** How a sync went. */
  sealed interface Synced {
    /** No remote, or told to stay off the network. */
    record Local() implements Synced {}

    record Done() implements Synced {}

    /** Could not reach the remote: tried again later. */
    record Offline(String why) implements Synced {}

    /** Somebody else wrote newer state; the run must stop. */
    record Conflict(String who) implements Synced {}
  }
}
