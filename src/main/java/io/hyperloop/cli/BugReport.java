package io.hyperloop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an unexpected failure: where it happened, with which versions. Neither the
 * environment nor arguments are in it, and values of variables that look like secrets are taken out
 * of messages.
 */
public final class BugReport {
  private static final int CAUSES_MAX = 10;
  private static final int FRAMES_MAX = 200;
  private static final int SECRET_MIN = 6;

  private BugReport() {}

  /**
   * Writes a report.
   *
   * @param folder made if missing; where it cannot be written, the temporary folder is taken
   * @param doing what was being done, such as the command's name
   * @return the report's file; null if it could not be written anywhere
   */
  public static @Nullable Path write(
      Path folder, String doing, Throwable failure, Instant now, Map<String, String> environment) {
    String text = text(doing, failure, now, environment);
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    Path written = write(folder, text);
    return written != null ? written : write(temporary, text);
  }

  private static @Nullable Path write(Path folder, String text) {
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "hyperloop-bug-", ".txt");
      return Files.writeString(file, text);
    } catch (IOException e) {
      return null;
    }
  }

  static String text(
      String doing, Throwable failure, Instant now, Map<String, String> environment) {
    var text = new StringBuilder();
    text.append("hyperloop met a bug of its own. Please report it with this file.\n\n");
    text.append("doing:   ").append(doing).append('\n');
    text.append("at:      ").append(now).append('\n');
    text.append("version: ").append(Version.text()).append('\n');
    text.append("system:  ")
        .append(System.getProperty("os.name"))
        .append(' ')
        .append(System.getProperty("os.version"))
        .append(' ')
        .append(System.getProperty("os.arch"))
        .append("\n\n");
    Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
      text.append(i == 0 ? "" : "caused by ").append(redacted(cause.toString(), environment));
      text.append('\n').append(frames(cause)).append('\n');
    }
    return text.toString();
  }

  private static String frames(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .limit(FRAMES_MAX)
        .map(frame -> "    at " + frame + "\n")
        .collect(Collectors.joining());
  }

  private static String redacted(String text, Map<String, String> environment) {
    String clean = text;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey().toUpperCase(Locale.ROOT);
      boolean secret =
          name.contains("KEY")
              || name.contains("TOKEN")
              || name.contains("SECRET")
              || name.contains("PASS")
              || name.contains("CREDENTIAL");
      if (secret && variable.getValue().length() >= SECRET_MIN) {
        clean = clean.replace(variable.getValue(), "[" + variable.getKey() + "]");
      }
    }
    return clean;
  }
}
