package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is common to the notes that we leave in the git directory for our next start. */
final class Notes {
  private Notes() {}

  static void delete(Path note) {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw failure(note, e);
    }
  }

  static PortFailure failure(Path file, IOException e) {
    return new PortFailure(
        Problem.environment(
            "hyperloop's own note cannot be written or read: " + e,
            file.toString(),
            "make room, or make the git directory writable for you"),
        e);
  }
}
