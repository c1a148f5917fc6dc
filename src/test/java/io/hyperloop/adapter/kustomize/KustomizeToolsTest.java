package io.hyperloop.adapter.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import io.hyperloop.testing.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real kustomize, or kubectl, makes of our files. */
@Tag("tools")
class KustomizeToolsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", System.getenv().getOrDefault("PATH", ""));

  @TempDir Path folder;
  private TestRepository repository;

  @BeforeEach
  void initialise() {
    repository = TestRepository.create(folder.resolve("repository"));
    new Layout(".hyperloop/agents/", null)
        .files("main")
        .forEach(
            (path, content) -> repository.write(path, new String(content, StandardCharsets.UTF_8)));
    repository.commit("Set up hyperloop");
  }

  @Test
  void buildingWhatInitWroteGivesTheShippedBase() {
    Playbook shipped = at(Programs.NONE, repository.git("rev-parse", "HEAD"));
    repository.write(
        ".hyperloop/agents/kustomization.yaml",
        repository.read(".hyperloop/agents/kustomization.yaml")
            + "# an edit, so that it is built\n");

    Playbook built = at(ENVIRONMENT, repository.commit("edit"));

    assertThat(built.agents()).isEqualTo(shipped.agents());
    assertThat(built.process().pipeline().fingerprint())
        .isEqualTo(shipped.process().pipeline().fingerprint());
    assertThat(built.warnings()).isEmpty();
  }

  @Test
  void theLayersOfGuidelinesAddUp() {
    String overlay = repository.read(".hyperloop/agents/kustomization.yaml");
    repository.write(
        ".hyperloop/agents/kustomization.yaml",
        overlay
            .substring(overlay.indexOf("# Guidelines of this project"))
            .lines()
            .skip(2)
            .map(line -> line.replaceFirst("^# ?", ""))
            .collect(
                java.util.stream.Collectors.joining(
                    "\n", overlay.substring(0, overlay.indexOf("# Guidelines")), "\n")));
    repository.write(
        ".hyperloop/agents/process/kustomization.yaml",
        repository.read(".hyperloop/agents/process/kustomization.yaml")
            + """
            patches:
              - patch: |
                  apiVersion: hyperloop.io/v1
                  kind: Agent
                  metadata:
                    name: implementer
                  guidelines:
                    process: learned
            """);

    Playbook built = at(ENVIRONMENT, repository.commit("guidelines"));

    Map<String, String> guidelines = agent(built, "implementer").guidelines();
    assertThat(guidelines.keySet()).containsExactly("base", "project", "process");
    assertThat(guidelines).containsEntry("process", "learned");
    assertThat(guidelines.get("project")).contains("./check.sh");
  }

  @Test
  void theSeedsHeaderlessProcessReplacesThePipeline() {
    repository.write(
        ".hyperloop/agents/process/process.yaml",
        """
        pipeline:
          - loop:
              - agent: implementer
              - agent: verifier
          - gate: human-pr-approval
          - action: merge-pr
        gates:
          human-pr-approval:
            type: manual
        actions:
          merge-pr:
            type: pr-merge
        """);

    Playbook built = at(ENVIRONMENT, repository.commit("a gate"));

    assertThat(built.process().pipeline().steps())
        .extracting(Pipeline.Step::phase)
        .containsExactly("implementer", "verifier", "human-pr-approval", "merge-pr");
  }

  @Test
  void aMistakeInTheProcessKeepsItsLineThroughTheBuild() {
    repository.write(
        ".hyperloop/agents/process/process.yaml",
        "# mine\n\npipeline:\n  - agent: implementr   \n");
    String tip = repository.commit("a slip");

    var failure = catchThrowableOfType(PortFailure.class, () -> at(ENVIRONMENT, tip));

    assertThat(failure.problems())
        .containsExactly(
            Problem.user(
                "there is no template of an agent \"implementr\"",
                ".hyperloop/agents/process/process.yaml:4",
                "did you mean \"implementer\"?"));
  }

  @Test
  void kustomizesOwnMessageReachesTheUser() {
    repository.write(".hyperloop/agents/kustomization.yaml", "resources: [gone.yaml]\n");
    String tip = repository.commit("a slip");

    var failure = catchThrowableOfType(PortFailure.class, () -> at(ENVIRONMENT, tip));

    assertThat(failure.kind()).isEqualTo(Problem.Kind.USER);
    assertThat(failure)
        .hasMessageContaining("gone.yaml")
        .hasMessageContaining("no such file or directory")
        .message()
        .doesNotContain("/hyperloop-overlay-");
  }

  @Test
  void aFileOutsideOfOverlayAndBaseIsOutOfReach() {
    repository.write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n");
    repository.write(
        ".hyperloop/agents/kustomization.yaml", "resources: [../base, ../../secret.yaml]\n");
    String tip = repository.commit("reach out");

    assertThat(catchThrowableOfType(PortFailure.class, () -> at(ENVIRONMENT, tip)).kind())
        .isEqualTo(Problem.Kind.USER);
  }

  private Playbook at(Map<String, String> environment, String tip) {
    return new KustomizeTemplates(repository.repository(), ".hyperloop/agents/", environment, false)
        .at(tip);
  }

  private static AgentTemplate agent(Playbook playbook, String name) {
    return Objects.requireNonNull(playbook.agents().get(name));
  }
}
