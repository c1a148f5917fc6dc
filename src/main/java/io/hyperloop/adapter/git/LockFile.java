package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes a lock file that is there with its text or not at all, so that whoever finds it knows whose
 * it is: a process killed between making and writing would leave one that nobody can claim, and so
 * would a full disk.
 */
final class LockFile {
  private LockFile() {}

  /**
   * Makes it.
   *
   * @param draft a file beside it that is ours alone; gone afterwards unless we are killed
   * @return false if there is one already
   */
  static boolean make(Path lock, Path draft, String text) throws IOException {
    try {
      Files.writeString(draft, text);
      return link(lock, draft, text);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static boolean link(Path lock, Path draft, String text) throws IOException {
    try {
      Files.createLink(lock, draft);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without hard links: there the text comes an instant after the file.
      return write(lock, text);
    }
  }

  private static boolean write(Path lock, String text) throws IOException {
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      Files.writeString(lock, text, StandardOpenOption.WRITE);
      return true;
    } catch (IOException e) {
      Files.deleteIfExists(lock);
      throw e;
    }
  }
}
