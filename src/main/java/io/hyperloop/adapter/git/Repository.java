package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a repository is.
 *
 * @param top the root of the work tree that the user stands in
 * @param gitDirectory of that work tree
 * @param commonDirectory shared by all its work trees; holds objects and refs
 */
public record Repository(Path top, Path gitDirectory, Path commonDirectory) {

  /**
   * The repository around a directory.
   *
   * @throws PortFailure of kind ENVIRONMENT if there is none, if it is bare, or if it names objects
   *     by SHA-256
   */
  public static Repository around(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new PortFailure(
          Problem.environment(
              "there is no such directory",
              directory.toString(),
              "name an existing one with --path"));
    }
    Git git = Git.in(directory);
    Git.Result found =
        git.attempt(
            "rev-parse",
            "--path-format=absolute",
            "--show-toplevel",
            "--git-dir",
            "--git-common-dir",
            "--show-object-format");
    if (!found.ok()) {
      throw new PortFailure(
          Problem.environment(
              "not a git repository with a work tree: " + found.err().strip(),
              directory.toString(),
              "go to your repository or name it with --path; a new one begins with: git init"));
    }
    String[] lines = found.text().split("\n", -1);
    if (lines.length != 4) {
      lines = oneByOne(git);
    }
    if (!lines[3].equals("sha1")) {
      throw new PortFailure(
          Problem.environment(
              "the repository names its objects by " + lines[3] + ", which is not supported",
              directory.toString(),
              "use a repository with SHA-1 object names"));
    }
    return new Repository(Path.of(lines[0]), Path.of(lines[1]), Path.of(lines[2]));
  }

  /** The same where a path has line breaks. */
  private static String[] oneByOne(Git git) {
    return Stream.of("--show-toplevel", "--git-dir", "--git-common-dir", "--show-object-format")
        .map(what -> git.run("rev-parse", "--path-format=absolute", what))
        .toArray(String[]::new);
  }

  /** Git in the work tree that the user stands in. */
  public Git git() {
    return Git.in(top);
  }

  /** Our own folder in the common directory: lock, inbox, notes. Made by whoever writes there. */
  public Path privateDirectory() {
    return commonDirectory.resolve("hyperloop");
  }

  /**
   * The folder outside the repository for work trees, logs and prompts: {@code
   * $XDG_STATE_HOME/hyperloop/<name>-<8 hex digits of the common directory's hash>}.
   */
  public Path stateDirectory(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_STATE_HOME", "");
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
    Path root =
        configured.startsWith("/") ? Path.of(configured) : home.resolve(".local").resolve("state");
    Path folder = top.getFileName();
    String name = folder == null ? "root" : folder.toString().replaceAll("\\p{Cntrl}", "-");
    return root.resolve("hyperloop").resolve(name + "-" + hash().substring(0, 8));
  }

  private String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(commonDirectory.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
