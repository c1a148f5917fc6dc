package io.hyperloop.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the commands set in motion. Each method that acts prints for itself and gives the exit code;
 * all throw {@link io.hyperloop.port.PortFailure} for what a person must know.
 */
public interface Engine {

  /** Opens a repository to look at it, without taking the lock. */
  Workspace open(Place place);

  /** Reconciles until nothing is left to do, or for ever. */
  int run(Place place, RunMode mode, Console console);

  /** Asks the PM only, and prints what it would do. */
  int plan(Place place, Console console);

  /** Makes a repository ready. */
  int init(InitSettings settings, Console console);

  /** Shows the whole on a sample repository. */
  int demo(DemoSettings settings, Console console);

  /**
   * Deletes what is not needed any more.
   *
   * @param dry to tell only what would be
   */
  int clean(Place place, boolean dry, Console console);

  /** How to run. */
  enum RunMode {
    UNTIL_CONVERGED,
    FOR_EVER,
    /** Tells what one cycle would do: no model, no write, no network. */
    DRY
  }

  /**
   * How to make a repository ready.
   *
   * @param baseRef a remote kustomize base instead of the shipped one
   * @param overlay a remote overlay instead of one in the repository
   * @param commit whether to commit what was made
   */
  record InitSettings(
      Path directory, @Nullable String baseRef, @Nullable String overlay, boolean commit) {}

  /**
   * Where to show.
   *
   * @param directory to make the sample in; null for a temporary one
   * @param keep whether a temporary one stays afterwards
   */
  record DemoSettings(@Nullable Path directory, boolean keep) {}
}
