package io.hyperloop.adapter.git;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Git programs that are running, whoever started them. In doubt one counts as working on the
 * repository: one of another user, or any at all where there is no {@code /proc}.
 */
final class GitProcesses {
  private static final Pattern PROGRAM = Pattern.compile("git|git-.*|git\\.exe");

  private GitProcesses() {}

  /** Those alive now that work on a repository or any of its work trees, in words. */
  static List<String> on(Repository repository) {
    Set<Path> places = new HashSet<>();
    places.add(real(repository.top()));
    places.add(real(repository.commonDirectory()));
    workTrees(repository.commonDirectory()).map(GitProcesses::real).forEach(places::add);
    return ProcessHandle.allProcesses()
        .filter(GitProcesses::isGit)
        .filter(process -> worksIn(places, process))
        .map(process -> "process " + process.pid() + " (" + words(process) + ")")
        .toList();
  }

  private static Stream<Path> workTrees(Path common) {
    File[] known = common.resolve("worktrees").toFile().listFiles();
    return Stream.of(known == null ? new File[0] : known)
        .map(File::toPath)
        .flatMap(git ->
            Worktrees.read(git.resolve("gitdir"))
                .map(link -> git.resolve(link.strip()).normalize().getParent())
                .stream());
  }

  private static boolean isGit(ProcessHandle process) {
    Optional<String> name =
        read(process, "comm").map(String::strip).or(() -> process.info().command());
    return name.map(Path::of)
        .map(Path::getFileName)
        .filter(last -> PROGRAM.matcher(last.toString()).matches())
        .isPresent();
  }

  private static boolean worksIn(Set<Path> places, ProcessHandle process) {
    Path directory;
    try {
      directory = proc(process, "cwd").toRealPath();
    } catch (IOException e) {
      // Ended meanwhile, or hidden from us.
      return process.isAlive();
    }
    Stream<String> told =
        Stream.of(read(process, "environ"), read(process, "cmdline"))
            .flatMap(Optional::stream)
            .flatMap(text -> Stream.of(text.split("\0", -1)))
            .filter(word -> word.startsWith("GIT_DIR=") || word.startsWith("--git-dir="))
            .map(word -> word.substring(word.indexOf('=') + 1));
    return within(places, directory) || told.anyMatch(where -> within(places, directory, where));
  }

  private static boolean within(Set<Path> places, Path directory, String where) {
    try {
      return within(places, real(directory.resolve(where)));
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private static boolean within(Set<Path> places, Path place) {
    return places.stream().anyMatch(place::startsWith);
  }

  private static String words(ProcessHandle process) {
    String line = read(process, "cmdline").orElse("git").replace('\0', ' ').strip();
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  private static Optional<String> read(ProcessHandle process, String what) {
    try {
      byte[] bytes = Files.readAllBytes(proc(process, what));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path proc(ProcessHandle process, String what) {
    return Path.of("/proc", String.valueOf(process.pid()), what);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
