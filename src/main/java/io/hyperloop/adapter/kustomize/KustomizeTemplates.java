package io.hyperloop.adapter.kustomize;

import io.hyperloop.adapter.git.CommittedFiles;
import io.hyperloop.adapter.git.Git;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.config.Configuration;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The overlay as committed, composed by kustomize. Built anew only when the content of overlay or
 * base has changed; a remote overlay is fetched once per run.
 */
public final class KustomizeTemplates implements Templates {
  private final Repository repository;
  private final String overlay;
  private final Map<String, String> environment;
  private final boolean pullRequests;
  private final CommittedFiles committed;
  private @Nullable Build last;

  /**
   * Looks at nothing yet.
   *
   * @param overlay a folder of the repository, or a remote kustomization
   * @param environment where PATH is looked up
   * @param pullRequests whether work goes through pull requests, which most gates need
   */
  public KustomizeTemplates(
      Repository repository,
      String overlay,
      Map<String, String> environment,
      boolean pullRequests) {
    this.repository = repository;
    this.overlay = overlay;
    this.environment = Map.copyOf(environment);
    this.pullRequests = pullRequests;
    this.committed = new CommittedFiles(repository);
  }

  /** What came of building that content: exactly one of playbook and failure. */
  private record Build(String key, @Nullable Playbook playbook, @Nullable PortFailure failure) {}

  @Override
  public synchronized Playbook at(String tip) {
    String key = key(tip);
    Build build = last;
    if (build == null || !build.key().equals(key)) {
      build = build(key, tip);
      last = build;
    }
    if (build.playbook() == null) {
      throw build.failure() == null ? new IllegalStateException("no build") : build.failure();
    }
    return build.playbook();
  }

  private String key(String tip) {
    if (Configuration.remote(overlay)) {
      return overlay;
    }
    return committed.folder(tip, overlay).orElse("none")
        + " "
        + committed.folder(tip, Layout.BASE).orElse("none");
  }

  /** A mistake of the user's is remembered; the environment's trouble is tried again. */
  private Build build(String key, String tip) {
    try {
      return new Build(key, compose(tip), null);
    } catch (PortFailure e) {
      if (e.kind() == Problem.Kind.ENVIRONMENT) {
        throw e;
      }
      return new Build(key, null, e);
    }
  }

  private Playbook compose(String tip) {
    var program = KustomizeProgram.find(environment, KustomizeProgram.TIME_LIMIT);
    if (Configuration.remote(overlay)) {
      return Composition.remote(overlay, program, pullRequests);
    }
    var files = new TreeMap<String, byte[]>(committed.files(tip, overlay));
    if (files.isEmpty()) {
      throw new PortFailure(
          Problem.user(
              "the overlay is not in the commit " + tip.substring(0, 7) + " of the base branch",
              overlay,
              "make it with: hyperloop init, or commit it"));
    }
    files.putAll(committed.files(tip, Layout.BASE));
    Playbook playbook = new Composition(overlay, files).playbook(program, pullRequests);
    var warnings = new ArrayList<>(playbook.warnings());
    warnings.addAll(uncommitted());
    return new Playbook(playbook.agents(), playbook.process(), warnings);
  }

  private List<String> uncommitted() {
    Git.Result status =
        repository
            .git()
            .attempt(
                "--no-optional-locks",
                "--literal-pathspecs",
                "status",
                "--porcelain",
                "-z",
                "--no-renames",
                "--untracked-files=all",
                "--",
                overlay,
                Layout.BASE);
    List<String> changed =
        status.ok() ? status.fields().stream().map(line -> line.substring(3)).toList() : List.of();
    return changed.isEmpty()
        ? List.of()
        : List.of(
            "not committed and so not used: "
                + String.join(", ", changed.subList(0, Math.min(5, changed.size())))
                + (changed.size() > 5 ? " and " + (changed.size() - 5) + " more" : ""));
  }
}
