package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * A git directory of our own that shares nothing with the repository but its objects.
 *
 * <p>Agents can write to the repository's configuration, refs, hooks, locks and to the metadata of
 * their work trees. Git run here reads none of that: its configuration is what the user's was, from
 * all files together, when hyperloop started and no agent of this run had; there are no hooks, no
 * replacement refs, no attributes but those of then and of the tree at hand. So a planted filter,
 * merge driver or diff program is never started by us, while the user's own (git-lfs) still work.
 * What an agent without a sandbox can do to the user's other programs, this cannot prevent.
 */
public final class CleanRoom {
  /** Settings that are about one place or would start a program without need. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "core.worktree",
          "core.bare",
          "core.hookspath",
          "core.fsmonitor",
          "core.splitindex",
          "core.untrackedcache",
          "extensions.refstorage",
          "extensions.worktreeconfig");

  private final Repository repository;
  private final Path directory;
  private @Nullable Closed closed;

  /** What was taken from outside before the door closed. */
  private record Closed(String configuration, String trust, Identity identity) {}

  private CleanRoom(Repository repository, Path directory) {
    this.repository = repository;
    this.directory = directory;
  }

  /** A room under the state directory, made when it is first needed. */
  public static CleanRoom of(Repository repository, Path stateDirectory) {
    return new CleanRoom(repository, stateDirectory.resolve("clean-room"));
  }

  /**
   * Takes the user's configuration as it is now; what is written to it later does not count here.
   * Twice equals once.
   *
   * @throws PortFailure if the configuration or the disk cannot be used
   */
  void close() {
    var unused = closed();
  }

  private synchronized Closed closed() {
    Closed known = closed;
    if (known == null) {
      List<String> settings = settings(repository);
      known =
          new Closed(
              flattened(settings).toText(),
              trusted(settings).toText(),
              Identity.ask(repository.git()));
      closed = known;
      furnish(directory, null, "");
    }
    return known;
  }

  /** Who the user is to git. */
  Identity identity() {
    return closed().identity();
  }

  /**
   * The variables by which workers can commit where git's configuration names nobody, or only our
   * own environment does, by itself or by a configuration that it names; empty otherwise, so that
   * what an agent configures for itself counts.
   */
  public Map<String, String> identityFor(Map<String, String> environment) {
    Identity who = identity();
    boolean configured =
        !who.equals(Identity.FALLBACK)
            && !environment.containsKey("GIT_AUTHOR_NAME")
            && !environment.containsKey("GIT_AUTHOR_EMAIL")
            && !environment.containsKey("EMAIL")
            && !environment.containsKey("GIT_CONFIG_GLOBAL");
    return configured
        ? Map.of()
        : Map.of(
            "GIT_AUTHOR_NAME",
            who.name(),
            "GIT_AUTHOR_EMAIL",
            who.email(),
            "GIT_COMMITTER_NAME",
            who.name(),
            "GIT_COMMITTER_EMAIL",
            who.email());
  }

  /** Where the room is. */
  Path directory() {
    return directory;
  }

  /** Where another room of that kind is, one for each branch: they are in use at the same time. */
  Path besides(String kind, String branch) {
    String name = ObjectStore.blobId(branch.getBytes(StandardCharsets.UTF_8));
    return directory.resolve(kind + "-" + name.substring(0, 12));
  }

  /** The git directory that all work trees of the repository share. */
  Path commonDirectory() {
    return repository.commonDirectory();
  }

  /** Git in the room: objects by name, no work tree. */
  Git git() {
    close();
    return gitAt(directory);
  }

  /** Git with a git directory that {@link #furnish} made. */
  Git gitAt(Path gitDirectory) {
    return Git.in(gitDirectory)
        .with(
            Map.of(
                "GIT_DIR",
                gitDirectory.toString(),
                "GIT_COMMON_DIR",
                gitDirectory.toString(),
                "GIT_OBJECT_DIRECTORY",
                objects().toString(),
                "GIT_CONFIG_GLOBAL",
                directory.resolve("trust").toString(),
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GIT_NO_REPLACE_OBJECTS",
                "1"));
  }

  private Path objects() {
    return repository.commonDirectory().resolve("objects");
  }

  /**
   * Makes a git directory of that kind.
   *
   * @param head the commit that HEAD names; null for none
   * @param excluded lines for {@code info/exclude}, besides the repository's own
   */
  void furnish(Path gitDirectory, @Nullable String head, String excluded) {
    try {
      Files.createDirectories(gitDirectory.resolve("refs"));
      Files.createDirectories(gitDirectory.resolve("info"));
      String line = head == null ? "ref: refs/heads/none\n" : head + "\n";
      Files.writeString(gitDirectory.resolve("HEAD"), line);
      Files.writeString(gitDirectory.resolve("config"), closed().configuration());
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("trust"), closed().trust());
      Path info = repository.commonDirectory().resolve("info");
      String own = Files.exists(info.resolve("exclude")) ? read(info.resolve("exclude")) : "";
      Files.writeString(gitDirectory.resolve("info").resolve("exclude"), own + "\n" + excluded);
      Path shared = gitDirectory.equals(directory) ? info : directory.resolve("info");
      copy(shared.resolve("attributes"), gitDirectory.resolve("info").resolve("attributes"));
      copy(repository.commonDirectory().resolve("shallow"), gitDirectory.resolve("shallow"));
    } catch (IOException e) {
      throw unusable("a git directory cannot be made", gitDirectory, e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** What is told where a file or folder of our own cannot be used. */
  static PortFailure unusable(String what, Path where, IOException e) {
    return new PortFailure(
        Problem.environment(
            what + ": " + e,
            where.toString(),
            "see whether the disk is full or the folder read-only"),
        e);
  }

  /** Has the one be as the other, also if that is missing. */
  static void copy(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from)) {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(to);
    }
  }

  /** All of the user's configuration, with what it includes: scope and entry by turns. */
  private static List<String> settings(Repository repository) {
    Git git = repository.git();
    return git.succeed(git.attempt("config", "--list", "-z", "--includes", "--show-scope"))
        .fields();
  }

  /** Whose repositories the user trusts: git believes that only outside of a repository. */
  private static Config trusted(List<String> settings) {
    var trusted = new Config();
    for (int i = 0; i + 1 < settings.size(); i += 2) {
      boolean outside = List.of("system", "global", "command").contains(settings.get(i));
      if (outside && settings.get(i + 1).startsWith("safe.")) {
        add(trusted, settings.get(i + 1));
      }
    }
    return trusted;
  }

  private Config flattened(List<String> settings) {
    var flat = new Config();
    for (int i = 1; i < settings.size(); i += 2) {
      add(flat, settings.get(i));
    }
    flat.setBoolean("core", null, "bare", false);
    // A power loss may cost what an agent did last; a flush per file would cost minutes.
    flat.setString("core", null, "fsync", "none");
    if (flat.getString("lfs", null, "storage") == null) {
      String storage = repository.commonDirectory().resolve("lfs").toString();
      flat.setString("lfs", null, "storage", storage);
    }
    return flat;
  }

  private static void add(Config to, String entry) {
    int line = entry.indexOf('\n');
    add(to, line < 0 ? entry : entry.substring(0, line), line < 0 ? null : entry, line + 1);
  }

  private static void add(Config flat, String key, @Nullable String text, int from) {
    int first = key.indexOf('.');
    int last = key.lastIndexOf('.');
    String section = key.substring(0, Math.max(first, 0)).toLowerCase(Locale.ROOT);
    if (first < 0
        || section.startsWith("include")
        || LEFT_OUT.contains(key.toLowerCase(Locale.ROOT))) {
      return;
    }
    String name = key.substring(last + 1);
    String subsection = first == last ? null : key.substring(first + 1, last);
    var values = new ArrayList<>(List.of(flat.getStringList(section, subsection, name)));
    values.add(text == null ? "true" : text.substring(from));
    flat.setStringList(section, subsection, name, values);
  }
}
