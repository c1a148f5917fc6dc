package io.hyperloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the style that tools can hold. {@code mvn test -Dtest=TidyTest -Dtidy.fix=true} reformats.
 */
class TidyTest {
  private static final int LINES_MAX = 500;

  /** How many files may be longer than 300 lines. This number only goes down. */
  private static final int LONG_FILES_MAX = 6;

  private static final Map<String, Pattern> BANNED =
      Map.of(
          "waiting by the clock instead of for the thing", Pattern.compile("Thread\\.sleep\\("),
          "an unfinished place", Pattern.compile("\\b(TODO|FIXME|XXX)\\b"),
          "a test that does not run", Pattern.compile("@Disabled|Assumptions\\.|assumeTrue\\("),
          "a mock", Pattern.compile("[Mm]ockito"),
          "a stack trace for people", Pattern.compile("\\.printStackTrace\\("),
          "a private folder of this machine", Pattern.compile("\\.\\./shared|/work/"));

  @Test
  void everyFileIsFormatted() throws IOException {
    boolean fix = Boolean.getBoolean("tidy.fix");
    var untidy = new ArrayList<Path>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      String tidy = tidied(file, text);
      if (!tidy.equals(text)) {
        if (fix) {
          Files.writeString(file, tidy);
        } else {
          untidy.add(file);
        }
      }
    }
    assertThat(untidy).as("reformat with mvn test -Dtest=TidyTest -Dtidy.fix=true").isEmpty();
  }

  @Test
  void noFileIsLong() throws IOException {
    var tooLong = new ArrayList<String>();
    int longFiles = 0;
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      longFiles += lines > 300 ? 1 : 0;
      if (lines > LINES_MAX) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong).as("files over " + LINES_MAX + " lines").isEmpty();
    assertThat(longFiles).as("files over 300 lines").isLessThanOrEqualTo(LONG_FILES_MAX);
  }

  @Test
  void nothingBannedIsCalled() throws IOException {
    var found = new ArrayList<String>();
    for (Path file : sources()) {
      if (file.endsWith("TidyTest.java")) {
        continue;
      }
      String text = Files.readString(file);
      BANNED.forEach((why, pattern) -> {
        if (pattern.matcher(text).find()) {
          found.add(file + ": " + why);
        }
      });
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    Path root = Path.of("src/main/java/io/hyperloop");
    var silent = new ArrayList<Path>();
    try (Stream<Path> folders = Files.walk(root).filter(Files::isDirectory)) {
      for (Path folder : folders.toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          boolean code = files.anyMatch(f -> f.toString().endsWith(".java"));
          if (code && !Files.exists(folder.resolve("package-info.java"))) {
            silent.add(folder);
          }
        }
      }
    }
    assertThat(silent).as("packages without package-info.java").isEmpty();
  }

  private static String tidied(Path file, String text) {
    try {
      String imports = ImportOrderer.reorderImports(text, JavaFormatterOptions.Style.GOOGLE);
      return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(imports));
    } catch (FormatterException e) {
      throw new AssertionError(file + " cannot be formatted: " + e.getMessage(), e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }
}
