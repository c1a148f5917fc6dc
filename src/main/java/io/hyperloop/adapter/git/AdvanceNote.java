package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What is written down before work trees are taken along, so that a killed process's successor
 * knows what was meant. It is there as long as any of it may be half done.
 *
 * @param file where it stands
 * @param token tells whose an index.lock is
 */
record AdvanceNote(
    Path file, String token, String ref, String old, String next, List<Checkout> checkouts) {
  private static final String PREFIX = "advance-";

  static AdvanceNote write(
      Repository repository, String ref, String old, String next, List<Checkout> checkouts) {
    String token = UUID.randomUUID().toString();
    Path file = repository.privateDirectory().resolve(PREFIX + token);
    // NUL ends each field, since a path may hold anything else; the last field tells it is whole.
    var text = new StringBuilder();
    for (String field : List.of(ref, old, next)) {
      text.append(field).append('\0');
    }
    for (Checkout checkout : checkouts) {
      text.append(checkout.root()).append('\0').append(checkout.gitDirectory()).append('\0');
    }
    text.append("whole\0");
    try {
      Files.createDirectories(repository.privateDirectory());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw Notes.failure(file, e);
    }
    return new AdvanceNote(file, token, ref, old, next, List.copyOf(checkouts));
  }

  /** The notes of a branch that processes left. One that is not whole meant nothing yet. */
  static List<AdvanceNote> left(Repository repository, String ref) {
    var notes = new ArrayList<AdvanceNote>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(repository.privateDirectory(), PREFIX + "*")) {
      for (Path file : files) {
        String[] fields = Files.readString(file).split("\0", -1);
        int last = fields.length - 2;
        if (last < 3 || !fields[last].equals("whole")) {
          Files.delete(file);
        } else if (fields[0].equals(ref)) {
          var checkouts = new ArrayList<Checkout>();
          for (int i = 3; i + 1 < last; i += 2) {
            checkouts.add(new Checkout(Path.of(fields[i]), Path.of(fields[i + 1])));
          }
          String token = String.valueOf(file.getFileName()).substring(PREFIX.length());
          notes.add(new AdvanceNote(file, token, ref, fields[1], fields[2], checkouts));
        }
      }
      return notes;
    } catch (NoSuchFileException e) {
      return notes;
    } catch (IOException e) {
      throw Notes.failure(repository.privateDirectory(), e);
    }
  }

  /** Forgets it: nothing is half done any more. */
  void delete() {
    Notes.delete(file);
  }
}
