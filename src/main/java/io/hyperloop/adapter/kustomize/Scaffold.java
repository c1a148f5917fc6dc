package io.hyperloop.adapter.kustomize;

import io.hyperloop.adapter.git.PathCommit;
import io.hyperloop.adapter.git.Readiness;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.config.Configuration;
import io.hyperloop.config.ConfigurationFile;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a repository ready. Overwrites nothing: a file that is there, in whatever shape, is kept,
 * so that doing it twice is the same as once.
 */
public final class Scaffold {
  private final Repository repository;
  private final Configuration configuration;
  private final Predicate<String> isSpec;
  private final Map<String, String> environment;

  /**
   * Looks at nothing yet.
   *
   * @param configuration of the file that is there already, else the default
   * @param isSpec whether a path is one of a spec, by that configuration
   * @param environment where PATH is looked up
   */
  public Scaffold(
      Repository repository,
      Configuration configuration,
      Predicate<String> isSpec,
      Map<String, String> environment) {
    this.repository = repository;
    this.configuration = configuration;
    this.isSpec = isSpec;
    this.environment = Map.copyOf(environment);
  }

  /**
   * What to make.
   *
   * @param baseRef a remote kustomization instead of the shipped base
   * @param overlay a remote overlay instead of one in the repository
   * @param commit whether to commit what was made and specs that never were
   */
  public record Wish(@Nullable String baseRef, @Nullable String overlay, boolean commit) {}

  /**
   * What was made.
   *
   * @param created files, by path
   * @param committed files, by path; some may have been there before
   * @param commit empty if nothing was committed
   * @param notes what a person should know besides
   */
  public record Made(
      String baseBranch,
      List<String> created,
      List<String> committed,
      String commit,
      List<String> notes) {
    public Made {
      created = List.copyOf(created);
      committed = List.copyOf(committed);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Makes what is missing.
   *
   * @throws PortFailure of kind USER if the repository is not ready, if something is in the way, or
   *     if what is there does not build; then nothing was committed
   */
  public Made make(Wish wish) {
    var readiness = new Readiness(repository);
    String branch = readiness.branch();
    readiness.nothingUnfinished();
    Layout layout = layout(wish);
    SortedMap<String, byte[]> files = new TreeMap<>(layout.files(branch));
    if (!Files.exists(repository.top().resolve("specs"), LinkOption.NOFOLLOW_LINKS)
        && configuration.specs().equals(Configuration.DEFAULT_SPECS)) {
      files.put("specs/.gitkeep", new byte[0]);
    }
    agrees(wish, files);
    files.keySet().forEach(this::unobstructed);
    List<String> created = new ArrayList<>();
    files.forEach((path, content) -> {
      if (written(path, content)) {
        created.add(path);
      }
    });
    List<String> notes = new ArrayList<>(check(layout));
    String base = configuration.baseBranch();
    if (base != null && !base.equals(branch)) {
      notes.add("the base branch is " + base + ", and you are on " + branch + ": merge it there");
    }
    PathCommit.Committed committed = new PathCommit.Committed("", List.of());
    if (wish.commit()) {
      var paths = new TreeSet<>(files.keySet());
      paths.addAll(readiness.uncommittedSpecs(configuration.specs(), isSpec));
      committed = new PathCommit(repository).commit(paths, "Set up hyperloop");
    } else if (!created.isEmpty()) {
      notes.add("nothing is committed; hyperloop reads these files from the base branch's commits");
    }
    return new Made(branch, created, committed.paths(), committed.commit(), notes);
  }

  private Layout layout(Wish wish) {
    for (String reference : new String[] {wish.baseRef(), wish.overlay()}) {
      if (reference != null && !Configuration.remote(reference)) {
        throw new PortFailure(
            Problem.user(
                "\"" + reference + "\" is not the address of a remote kustomization",
                reference.equals(wish.baseRef()) ? "the flag --base-ref" : "the flag --overlay",
                "write one such as https://github.com/owner/repo//folder?ref=v1"));
      }
    }
    String overlay = wish.overlay() == null ? configuration.overlay() : wish.overlay();
    return new Layout(overlay, wish.baseRef());
  }

  /** A flag that could only take effect by overwriting a file is refused, not ignored. */
  private void agrees(Wish wish, SortedMap<String, byte[]> files) {
    Path file = repository.top().resolve(ConfigurationFile.NAME);
    if (wish.overlay() != null
        && Files.exists(file)
        && !wish.overlay().equals(configuration.overlay())) {
      throw new PortFailure(
          Problem.user(
              "there is a configuration already, with overlay: " + configuration.overlay(),
              ConfigurationFile.NAME,
              "change overlay: there, or leave out --overlay"));
    }
    String kustomization =
        new Layout(configuration.overlay(), null).folder() + "/kustomization.yaml";
    if (wish.baseRef() != null && files.containsKey(kustomization)) {
      Path existing = repository.top().resolve(kustomization);
      if (Files.exists(existing) && !text(existing).contains(wish.baseRef())) {
        throw new PortFailure(
            Problem.user(
                "there is an overlay already, and it does not build on " + wish.baseRef(),
                kustomization,
                "change its resources: there, or leave out --base-ref"));
      }
    }
  }

  /** Sees that a path can be written, or is kept, without following a link out of the tree. */
  private void unobstructed(String path) {
    Path target = repository.top().resolve(path);
    for (Path at = target.getParent();
        at != null && !at.equals(repository.top());
        at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw obstructed(repository.top().relativize(at), "it has to be a folder");
      }
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw obstructed(repository.top().relativize(target), "it has to be a plain file");
    }
  }

  private static PortFailure obstructed(Path path, String what) {
    return new PortFailure(
        Problem.user("something is in the way: " + what, path.toString(), "move it away"));
  }

  private boolean written(String path, byte[] content) {
    Path target = repository.top().resolve(path);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.createDirectories(target.getParent());
      Files.write(target, content, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "cannot be written: " + e.getMessage(), path, "make room, or correct the rights"),
          e);
    }
  }

  /**
   * Builds what is on disk, where that is possible. Whether there are pull requests is not settled
   * yet, so that gates may need them; a run sees to that.
   */
  private List<String> check(Layout layout) {
    var program = KustomizeProgram.find(environment, KustomizeProgram.TIME_LIMIT);
    try {
      return Configuration.remote(layout.overlay())
          ? Composition.remote(layout.overlay(), program, true).warnings()
          : Composition.onDisk(repository.top(), layout.overlay())
              .playbook(program, true)
              .warnings();
    } catch (PortFailure e) {
      if (program.isEmpty() && e.kind() == Problem.Kind.ENVIRONMENT) {
        return List.of(
            "not checked whether the overlay builds, and a run will need it: "
                + KustomizeProgram.INSTALL);
      }
      throw e;
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("cannot be read: " + e.getMessage(), file.toString(), "look at it"),
          e);
    }
  }
}
