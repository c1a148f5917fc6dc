package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task's agents left behind on this machine.
 *
 * @param logs newest first
 * @param prompts newest first
 */
record TaskLogs(Path folder, List<Path> logs, List<Path> prompts) {
  private static final int FILES_MAX = 10_000;

  static TaskLogs in(Path folder) {
    Map<Path, FileTime> files = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (files.size() == FILES_MAX) {
          break;
        }
        files.put(entry, Files.getLastModifiedTime(entry));
      }
    } catch (NoSuchFileException e) {
      return new TaskLogs(folder, List.of(), List.of());
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("logs cannot be read: " + e.getMessage(), folder.toString(), ""), e);
    }
    List<Path> newest = new ArrayList<>(files.keySet());
    newest.sort(
        Comparator.<Path, FileTime>comparing(
                file -> files.getOrDefault(file, FileTime.fromMillis(0)))
            .reversed()
            .thenComparing(Comparator.reverseOrder()));
    return new TaskLogs(folder, ending(newest, ".log"), ending(newest, ".prompt.md"));
  }

  private static List<Path> ending(List<Path> files, String suffix) {
    return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }
}
