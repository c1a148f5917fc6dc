package io.hyperloop.adapter.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of logs and prompts: nothing older than an age, and of the rest the youngest up to a
 * size in all. What belongs to a run in progress is kept in any case.
 *
 * @param age after which a file goes
 * @param bytesMax of all files together
 */
public record Retention(Duration age, long bytesMax) {

  /**
   * A file that there is.
   *
   * @param modified when it was last written
   * @param running whether the run that it is of has not ended
   */
  public record Kept(Path path, long bytes, Instant modified, boolean running) {}

  /** Those that go, the oldest first. */
  public List<Kept> expired(Collection<Kept> files, Instant now) {
    Instant oldest = now.minus(age);
    long bytes = files.stream().mapToLong(Kept::bytes).sum();
    var expired = new ArrayList<Kept>();
    for (Kept file : oldestFirst(files)) {
      boolean tooOld = file.modified().isBefore(oldest);
      if (!file.running() && (tooOld || bytes > bytesMax)) {
        expired.add(file);
        bytes -= file.bytes();
      }
    }
    return List.copyOf(expired);
  }

  /** In one order for the same files, also where times are equal. */
  private static List<Kept> oldestFirst(Collection<Kept> files) {
    return files.stream()
        .sorted(Comparator.comparing(Kept::modified).thenComparing(Kept::path))
        .toList();
  }
}
