package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Git commands of an orchestrator that was killed: they live on, and may still be writing files
 * into a work tree that its successor is about to put right. Known by the index that they were
 * given, whose name nobody else uses. Linux only; elsewhere nothing is found.
 */
final class OrphanedGit {
  /** What is left of one command's time limit, at most; it then is stuck, and made to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private OrphanedGit() {}

  /** Waits until none works on that index; gives whether there was any. */
  static boolean await(Path index) {
    return await(index, PATIENCE);
  }

  static boolean await(Path index, Duration patience) {
    long begun = System.nanoTime();
    List<ProcessHandle> found = workingOn(index);
    boolean any = !found.isEmpty();
    while (!found.isEmpty()) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        found.forEach(ProcessHandle::destroyForcibly);
      }
      LockSupport.parkNanos(20_000_000);
      found = found.stream().filter(ProcessHandle::isAlive).toList();
    }
    return any;
  }

  private static List<ProcessHandle> workingOn(Path index) {
    String variable = "\0GIT_INDEX_FILE=" + index + "\0";
    return ProcessHandle.allProcesses()
        .filter(process -> ("\0" + environment(process)).contains(variable))
        .toList();
  }

  private static String environment(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "environ");
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Gone, or somebody else's.
      return "";
    }
  }
}
