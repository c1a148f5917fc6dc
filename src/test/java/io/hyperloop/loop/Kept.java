package io.hyperloop.loop;

/** What a loop remembers, apart from the state and what it warned of; for tests elsewhere. */
public final class Kept {
  private Kept() {}

  /** How many things there are in its collections. */
  public static int by(Reconciler reconciler) {
    return reconciler.jobs.size() + reconciler.landing.size() + reconciler.lanes.size();
  }
}
