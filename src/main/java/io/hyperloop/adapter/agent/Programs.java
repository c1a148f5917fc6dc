package io.hyperloop.adapter.agent;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return find(program, path).isPresent();
  }

  /**
   * The first file of that name in the folders of a path; those that are not absolute do not count.
   */
  static Optional<Path> find(String name, String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(Programs::isProgram)
        .findFirst();
  }

  /**
   * Where a program's file is, by its name and without links, so that it can be seen wherever it
   * lies. Empty for one that is looked for in the folder in which it is started.
   *
   * @param environment whose PATH counts
   */
  public static Set<Path> files(String program, Map<String, String> environment) {
    Optional<Path> file =
        program.contains("/")
            ? Optional.of(program).filter(p -> p.startsWith("/")).map(Path::of)
            : find(program, environment.getOrDefault("PATH", ""));
    return file.filter(Programs::isProgram)
        .map(found -> Set.copyOf(List.of(found, Mounts.real(found))))
        .orElse(Set.of());
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
