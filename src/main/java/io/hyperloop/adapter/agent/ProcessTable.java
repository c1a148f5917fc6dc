package io.hyperloop.adapter.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this machine. On Linux read from {@code /proc} (see proc(5)); elsewhere from the
 * JDK, which knows neither sessions nor environments.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final boolean LINUX = Files.isReadable(PROC.resolve("self/environ"));
  private static final long OURSELVES = ProcessHandle.current().pid();

  /** A line of {@code stat} has about 52 numbers and a name of at most 64 characters. */
  private static final int LINE_MAX = 2048;

  private static final String BOOT = readBoot();

  /** How old a snapshot may be for those who merely look around. */
  private static final Duration FRESH = Duration.ofMillis(900);

  private static @Nullable Snapshot last;

  private ProcessTable() {}

  private record Snapshot(long takenNanos, List<ProcessEntry> entries) {}

  /** All live processes but this one. */
  static List<ProcessEntry> all() {
    var entries = new ArrayList<ProcessEntry>();
    if (LINUX) {
      for (long pid : pids()) {
        add(entries, pid);
      }
    } else {
      ProcessHandle.allProcesses().forEach(handle -> add(entries, handle.pid()));
    }
    return entries;
  }

  /** As {@link #all}, up to a second old: several watchers share one look. */
  static synchronized List<ProcessEntry> recent() {
    Snapshot known = last;
    if (known == null || System.nanoTime() - known.takenNanos() > FRESH.toNanos()) {
      known = new Snapshot(System.nanoTime(), all());
      last = known;
    }
    return known.entries();
  }

  /**
   * The live processes whose pids were given out after that of a process started moments ago:
   * cheap, and all that such a process can have started.
   */
  static List<ProcessEntry> youngerThan(long pid) {
    long newest = newestPid();
    if (newest < 0) {
      return all();
    }
    var entries = new ArrayList<ProcessEntry>();
    for (long candidate : pids()) {
      boolean younger =
          newest >= pid
              ? candidate >= pid && candidate <= newest
              : candidate >= pid || candidate <= newest;
      if (younger) {
        add(entries, candidate);
      }
    }
    return entries;
  }

  /** A live process; null if there is none of this pid, or only its remains. */
  static @Nullable ProcessEntry entry(long pid) {
    if (!LINUX) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(ProcessTable::of)
          .orElse(null);
    }
    try {
      String stat = line(pid);
      // The name in parentheses may itself hold spaces and parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean remains = fields[0].equals("Z") || fields[0].equals("X");
      return remains
          ? null
          : new ProcessEntry(
              pid,
              Long.parseLong(fields[19]),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[3]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /** Whether a process was started with this {@code NAME=value} in its environment. */
  static boolean carries(long pid, String variable) {
    if (!LINUX) {
      return false;
    }
    try {
      String environment =
          new String(
              Files.readAllBytes(PROC.resolve(pid + "/environ")), StandardCharsets.ISO_8859_1);
      return ("\0" + environment + "\0").contains("\0" + variable + "\0");
    } catch (IOException e) {
      // Gone, or somebody else's: either way not ours to touch.
      return false;
    }
  }

  /** Names the boot within which start times mean anything; empty if unknown. */
  static String boot() {
    return BOOT;
  }

  private static String readBoot() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static ProcessEntry of(ProcessHandle handle) {
    return new ProcessEntry(
        handle.pid(),
        handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
        handle.parent().map(ProcessHandle::pid).orElse(0L),
        -1);
  }

  private static void add(List<ProcessEntry> entries, long pid) {
    ProcessEntry entry = pid == OURSELVES ? null : entry(pid);
    if (entry != null) {
      entries.add(entry);
    }
  }

  /** Less work than by way of a channel: this is called for every process there is. */
  private static String line(long pid) throws IOException {
    try (var stat = new FileInputStream("/proc/" + pid + "/stat")) {
      byte[] buffer = new byte[LINE_MAX];
      int length = Math.max(stat.read(buffer), 0);
      return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }
  }

  private static long[] pids() {
    String[] names = PROC.toFile().list((folder, name) -> Character.isDigit(name.charAt(0)));
    long[] pids = new long[names == null ? 0 : names.length];
    for (int i = 0; i < pids.length; i++) {
      pids[i] = Long.parseLong(names[i]);
    }
    return pids;
  }

  /** The pid given out last in this pid namespace; -1 if unknown. */
  private static long newestPid() {
    if (!LINUX) {
      return -1;
    }
    try {
      String load = Files.readString(PROC.resolve("loadavg")).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }
}
