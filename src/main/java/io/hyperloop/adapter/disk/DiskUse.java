package io.hyperloop.adapter.disk;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much a directory holds.
 *
 * @param folders bytes by the name of each child of the directory
 */
public record DiskUse(SortedMap<String, Long> folders) {
  /** Below that nothing is counted: each level keeps a folder open. */
  private static final int DEPTH_MAX = 128;

  /** Beyond that the rest is not counted: an agent may make files for as long as it works. */
  private static final int FILES_MAX = 5_000_000;

  private static final int NAMED_MAX = 3;

  /**
   * Adds up the sizes of files, follows no link, and leaves out what cannot be read.
   *
   * @param directory which may be missing
   */
  public static DiskUse of(Path directory) {
    var counter = new Counter(directory);
    try {
      Path unused =
          Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEPTH_MAX, counter);
    } catch (IOException e) {
      // The visitor throws nothing: what has been counted counts.
    }
    return new DiskUse(counter.folders);
  }

  public long bytes() {
    return folders.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The largest children with their sizes. */
  public String words() {
    return folders.entrySet().stream()
        .filter(folder -> folder.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(NAMED_MAX)
        .map(folder -> folder.getKey() + " " + words(folder.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A size for people: {@code 1.5 GiB}. */
  public static String words(long bytes) {
    if (bytes < 1L << 10) {
      return bytes + " bytes";
    }
    if (bytes < 1L << 20) {
      return words(bytes, 10, "KiB");
    }
    return bytes < 1L << 30 ? words(bytes, 20, "MiB") : words(bytes, 30, "GiB");
  }

  private static String words(long bytes, int power, String unit) {
    return String.format(Locale.ROOT, "%.1f %s", bytes / (double) (1L << power), unit);
  }

  private static final class Counter extends SimpleFileVisitor<Path> {
    private final Path directory;
    private final SortedMap<String, Long> folders = new TreeMap<>();
    private int files;

    Counter(Path directory) {
      this.directory = directory;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!file.equals(directory)) {
        String child = directory.relativize(file).getName(0).toString();
        long unused = folders.merge(child, attributes.size(), Long::sum);
      }
      return ++files < FILES_MAX ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
