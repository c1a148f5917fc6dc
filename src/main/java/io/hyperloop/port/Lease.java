package io.hyperloop.port;

/**
 * Which of several clones of one remote may start agents, so that two orchestrators that know
 * nothing of each other do not both spend. It ends by itself if its holder is gone.
 */
public interface Lease {

  /** For a repository that nobody shares. */
  Lease UNSHARED =
      new Lease() {
        @Override
        public Held hold() {
          return new Held.Unshared();
        }

        @Override
        public void release() {}
      };

  /**
   * Takes it, or keeps it. Called before the first agent starts, and then about every minute; may
   * take seconds.
   */
  Held hold();

  /** Gives it back if it is ours. Best effort; never throws. */
  void release();

  /** Who has it. */
  sealed interface Held {
    /** This clone, until it is next held or for some minutes. */
    record Ours() implements Held {}

    /** There is nobody to share with: no remote, or it is not to be used. */
    record Unshared() implements Held {}

    /**
     * Another clone has it.
     *
     * @param who that clone's orchestrator and until when, in words
     */
    record Theirs(String who) implements Held {}

    /** The remote cannot be asked; nobody knows. */
    record Unknown(String why) implements Held {}
  }
}
