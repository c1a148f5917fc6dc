package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.disk.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's program calls the conversation of a job, kept until the job has a result: a run
 * that was interrupted is gone on with. Two lines, the program and the id.
 */
record SessionFile(Path path) {
  private static final int BYTES_MAX = 4_096;

  void write(String program, String id) {
    try {
      Files.createDirectories(path.getParent());
      WholeFile.write(path, (program + "\n" + id + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The work then begins anew after an interruption, which costs more but is right too.
    }
  }

  /** The conversation that this program had; null if there is none. */
  @Nullable String of(String program) {
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > BYTES_MAX) {
        return null;
      }
      List<String> lines = Files.readAllLines(path);
      return lines.size() == 2 && lines.getFirst().equals(program) ? lines.getLast() : null;
    } catch (IOException e) {
      return null;
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // It names a job that never comes again.
    }
  }
}
