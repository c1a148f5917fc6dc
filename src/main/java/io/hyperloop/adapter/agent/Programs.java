package io.hyperloop.adapter.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where programs are found. */
public final class Programs {
  private Programs() {}

  /**
   * Whether a program can be started.
   *
   * @param program a path, or a name that is looked for
   * @param directory in which it is started
   * @param path of folders; those that are not absolute do not count
   */
  public static boolean isFound(String program, Path directory, String path) {
    if (program.contains("/")) {
      return Files.isExecutable(directory.resolve(program));
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (folder.startsWith("/") && isProgram(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
