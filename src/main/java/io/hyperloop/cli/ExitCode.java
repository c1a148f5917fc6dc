package io.hyperloop.cli;

import io.hyperloop.domain.Problem;

/** What the program's end says. 130 and 143 are the JVM's, after SIGINT and SIGTERM. */
public final class ExitCode {
  /** Converged, or done what was asked. */
  public static final int DONE = 0;

  /** Something needs a person. */
  public static final int NEEDS_HUMAN = 1;

  /** Usage, configuration, process or state is wrong, or the repository is not ready. */
  public static final int USER = 2;

  /** A tool, the network, a lock, credentials. */
  public static final int ENVIRONMENT = 3;

  /** A bug of ours. */
  public static final int BUG = 70;

  /** Interrupted: 128 and the number of SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  public static int of(Problem.Kind kind) {
    return switch (kind) {
      case USER -> USER;
      case ENVIRONMENT -> ENVIRONMENT;
    };
  }
}
