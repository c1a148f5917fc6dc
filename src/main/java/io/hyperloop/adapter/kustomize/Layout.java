package io.hyperloop.adapter.kustomize;

import io.hyperloop.config.Configuration;
import io.hyperloop.config.ConfigurationFile;
import io.hyperloop.config.ShippedSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a repository that is made ready, by path from its root. The same input always gives
 * the same bytes, so that what {@code init} wrote can be recognised.
 *
 * @param overlay a folder of the repository, or a remote kustomization, which then needs no files
 * @param baseRef a remote kustomization to build on; null for the shipped base
 */
record Layout(String overlay, @Nullable String baseRef) {
  static final String BASE = ".hyperloop/base";
  static final String PROCESS = "process/process.yaml";

  private static final String SCHEMA = ".hyperloop/schema/";
  private static final List<String> KEPT =
      List.of(".hyperloop/state/tasks", ".hyperloop/state/reviews", ".hyperloop/checks");

  /** Everything that {@code init} makes, except for a folder of specs. */
  SortedMap<String, byte[]> files(String baseBranch) {
    var files = new TreeMap<String, byte[]>(composition());
    files.put(ConfigurationFile.NAME, bytes(configuration(baseBranch)));
    KEPT.forEach(folder -> files.put(folder + "/.gitkeep", new byte[0]));
    for (String schema : List.of(ShippedSchemas.CONFIGURATION, ShippedSchemas.PROCESS)) {
      files.put(SCHEMA + schema, bytes(ShippedSchemas.text(schema)));
    }
    return Collections.unmodifiableSortedMap(files);
  }

  /** What the templates are composed of. */
  SortedMap<String, byte[]> composition() {
    var files = new TreeMap<String, byte[]>();
    if (Configuration.remote(overlay)) {
      return files;
    }
    if (baseRef == null) {
      ShippedBase.files().forEach((name, content) -> files.put(BASE + "/" + name, content));
    }
    String folder = folder();
    files.put(folder + "/kustomization.yaml", bytes(kustomization()));
    files.put(folder + "/process/kustomization.yaml", bytes(COMPONENT));
    files.put(folder + "/" + PROCESS, bytes(process()));
    return files;
  }

  /** The overlay's folder without a slash at its end. */
  String folder() {
    return overlay.replaceAll("/+$", "");
  }

  /** The way from the overlay to the repository's root. */
  private String up() {
    return "../".repeat((int) folder().chars().filter(c -> c == '/').count() + 1);
  }

  private String kustomization() {
    String base =
        baseRef != null
            ? Scalars.plainOrQuoted(baseRef)
            : folder().equals(".hyperloop/agents") ? "../base" : up() + BASE;
    return """
    # What agents are told, in three layers: the base, this project's own, and what the process learned.
    # After an edit, look at the result with: kustomize build %s (or kubectl kustomize), and commit it.
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    resources:
      - %s
    components:
      - process
    # Guidelines of this project, for one agent:
    #
    # patches:
    #   - patch: |
    #       apiVersion: hyperloop.io/v1
    #       kind: Agent
    #       metadata:
    #         name: implementer
    #       guidelines:
    #         project: |
    #           - Run ./check.sh before you report.
    """
        .formatted(folder(), base);
  }

  private static final String COMPONENT =
      """
      # The process of this repository: its pipeline, and the guidelines that the process-improver adds.
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      configMapGenerator:
        - name: process
          files:
            - process.yaml
          options:
            disableNameSuffixHash: true
            annotations:
              hyperloop.io/kind: process
      """;

  private String process() {
    return """
    # yaml-language-server: $schema=%s%sprocess.schema.json
    # What every task walks through. Four primitives:
    #   - agent: NAME    an agent with that template works
    #   - gate: NAME     waits until a person or a signal clears it
    #   - action: NAME   does something, such as merging
    #   - loop: [...]    begins again from its top when a step in it fails
    pipeline:
      - loop:
          - agent: implementer
          - agent: verifier
      - action: merge-pr

    # A person looks before each merge, and says: hyperloop approve task-001
    #
    # pipeline:
    #   - loop:
    #       - agent: implementer
    #       - agent: verifier
    #   - gate: review
    #   - action: merge-pr
    # gates:
    #   review: {type: manual}
    """
        .formatted("../" + up(), SCHEMA);
  }

  private String configuration(String baseBranch) {
    return """
    # yaml-language-server: $schema=%s%s
    # hyperloop's configuration. Every setting may be left out; what is commented out is the
    # default or an example.

    # Where the agents' templates and the process are composed, read from the base branch.
    overlay: %s

    # The branch that holds the specs and receives finished work.
    base_branch: %s

    # Agents that work at the same time.
    # max_workers: 6

    # Rounds of implementing and verifying that a task may take before it fails.
    # max_task_rounds: 50

    # What agents may cost: US dollars a day, and for one task. Beyond it no agent is started.
    limits:
      cost_usd: 20
      per: day
      # task_cost_usd: 5

    # Which files are specs; a leading ! excludes.
    # specs: ["specs/**/*.md"]

    # What makes a fresh work tree usable, and files to copy from yours. Copied files are never committed.
    # worktree:
    #   setup: ["npm ci"]
    #   copy: [".env"]

    # Who plays the agents: auto, claude-code, anthropic (needs a key only), acp (a program that speaks
    # the Agent Client Protocol) or command (a program of yours, which gets the prompt on standard
    # input). auto is claude-code where claude is found.
    # agent:
    #   type: auto
    #   timeout: 1h

    # How finished work reaches the base branch: squash, merge or rebase.
    # merge:
    #   strategy: squash
    #   delete_branch: true
    """
        .formatted(
            SCHEMA,
            ShippedSchemas.CONFIGURATION,
            Scalars.plainOrQuoted(overlay),
            Scalars.plainOrQuoted(baseBranch));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
