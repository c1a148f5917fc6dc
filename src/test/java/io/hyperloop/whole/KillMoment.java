package io.hyperloop.whole;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When to kill: after some time, or when the file system shows that a step of the move of the
 * checked-out base branch is under way.
 *
 * @param sign what is waited for
 * @param moves how many moves of the base branch are let pass before
 * @param delayNanos how long after the sign
 */
record KillMoment(Sign sign, int moves, long delayNanos) {
  private static final long NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(3);

  /** Longer than a run takes from its start to its first save. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** What a step leaves for all to see. */
  enum Sign {
    TIME,
    FIRST_LINE,
    NOTE,
    INDEX_LOCK,
    REF_LOCK,
    INDEX_COPY,
    INDEX_WRITTEN,
    NOTE_GONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Any instant of a run. */
  static KillMoment someTime(Random dice) {
    return dice.nextInt(3) == 0
        ? new KillMoment(Sign.TIME, 0, dice.nextLong(NANOS_MIN, NANOS_MAX))
        : new KillMoment(Sign.FIRST_LINE, 0, dice.nextLong(NANOS_MAX / 2));
  }

  /** Within a move of the base branch. */
  static KillMoment aimed(Random dice) {
    Sign sign = Sign.values()[2 + dice.nextInt(Sign.values().length - 2)];
    long delay = dice.nextBoolean() ? 0 : dice.nextLong(TimeUnit.MICROSECONDS.toNanos(500));
    return new KillMoment(sign, dice.nextInt(4), delay);
  }

  /** Waits for it. Gives whether it came before the process ended or patience did. */
  boolean await(Process run, Path git, File out) {
    long begun = System.nanoTime();
    boolean came =
        switch (sign) {
          case TIME -> true;
          case FIRST_LINE -> firstLine(run, out, begun);
          default -> signCame(run, new Eye(git), begun);
        };
    long until = sign == Sign.TIME ? begun + delayNanos : System.nanoTime() + delayNanos;
    while (run.isAlive() && System.nanoTime() < until) {
      if (until - System.nanoTime() > 1_000_000) {
        LockSupport.parkNanos(500_000);
      } else {
        Thread.onSpinWait();
      }
    }
    return came && run.isAlive();
  }

  private static boolean firstLine(Process run, File out, long begun) {
    while (out.length() == 0) {
      if (!run.isAlive() || System.nanoTime() - begun > PATIENCE) {
        return false;
      }
      LockSupport.parkNanos(2_000_000);
    }
    return true;
  }

  private boolean signCame(Process run, Eye eye, long begun) {
    for (int move = 0; ; move++) {
      while (!eye.seesMove()) {
        if (!run.isAlive() || System.nanoTime() - begun > PATIENCE) {
          return false;
        }
        LockSupport.parkNanos(20_000);
      }
      if (move >= moves && eye.sees(sign)) {
        return true;
      }
      while (eye.moveGoesOn()) {
        if (!run.isAlive()) {
          return false;
        }
        LockSupport.parkNanos(20_000);
      }
    }
  }

  /** Looks at the files of one repository, without rest while a move is under way. */
  private static final class Eye {
    private final Path git;
    private final File notes;
    private final File lock;
    private final File refLock;
    private String note = "";

    Eye(Path git) {
      this.git = git;
      this.notes = git.resolve("hyperloop").toFile();
      this.lock = git.resolve("index.lock").toFile();
      this.refLock = git.resolve("refs/heads/main.lock").toFile();
    }

    boolean seesMove() {
      String[] found = notes.list((folder, name) -> name.startsWith("advance-"));
      note = found == null || found.length == 0 ? "" : found[0];
      return !note.isEmpty();
    }

    boolean moveGoesOn() {
      return noted() || lock.exists();
    }

    private boolean noted() {
      return new File(notes, note).exists();
    }

    private File copy(String ending) {
      return git.resolve("index.hyperloop-" + note.substring("advance-".length()) + ending)
          .toFile();
    }

    /** Whether the sign comes while the move goes on. */
    boolean sees(Sign sign) {
      boolean copied = false;
      while (true) {
        boolean goesOn = noted();
        copied |= copy("").exists();
        boolean seen =
            switch (sign) {
              case TIME, FIRST_LINE, NOTE -> true;
              case INDEX_LOCK -> lock.exists();
              case REF_LOCK -> refLock.exists();
              case INDEX_COPY -> copied;
              case INDEX_WRITTEN -> copy(".lock").exists() || (copied && !copy("").exists());
              case NOTE_GONE -> !goesOn;
            };
        if (seen || !goesOn) {
          return seen;
        }
        Thread.onSpinWait();
      }
    }
  }

  /** What a killed process left of the move: the last step it came to; empty if none. */
  static String leftBy(Path git) {
    String[] notes =
        git.resolve("hyperloop").toFile().list((folder, name) -> name.startsWith("advance-"));
    boolean lock = Files.exists(git.resolve("index.lock"));
    if (notes == null || notes.length == 0) {
      return lock ? "7 note forgotten, index locked" : "";
    }
    if (!lock) {
      return "1 note written";
    }
    Path copy = git.resolve("index.hyperloop-" + notes[0].substring("advance-".length()));
    if (Files.exists(git.resolve("refs/heads/main.lock"))) {
      return "3 ref locked";
    }
    if (Files.exists(copy.resolveSibling(copy.getFileName() + ".lock"))) {
      return "5 git writes files and index";
    }
    if (Files.exists(copy)) {
      return "4 index copied, or files written";
    }
    return "2/6 index locked: before the swap, before the copy, or index in place";
  }
}
