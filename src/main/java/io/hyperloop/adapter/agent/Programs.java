package io.hyperloop.adapter.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

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

  /**
   * Where a program's file is, by its name and without links, so that it can be seen wherever it
   * lies. Empty for one that is looked for in the folder in which it is started.
   *
   * @param environment whose PATH counts
   */
  public static Set<Path> files(String program, Map<String, String> environment) {
    var files = new LinkedHashSet<Path>();
    if (program.startsWith("/")) {
      add(files, Path.of(program));
    } else if (!program.contains("/")) {
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
        if (files.isEmpty() && folder.startsWith("/")) {
          add(files, Path.of(folder, program));
        }
      }
    }
    return files;
  }

  private static void add(Set<Path> files, Path file) {
    if (isProgram(file)) {
      files.add(file);
      files.add(Mounts.real(file));
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
