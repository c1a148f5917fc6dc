package io.hyperloop.adapter.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlaybookReaderTest {
  private static final String FILE = ".hyperloop/agents/process/process.yaml";
  private static final String AGENTS =
      """
      apiVersion: hyperloop.io/v1
      kind: Agent
      metadata: {name: pm}
      prompt: plan
      writes: false
      ---
      apiVersion: hyperloop.io/v1
      kind: Agent
      metadata: {name: worker}
      prompt: work
      guidelines: {process: c, zeta: d, project: b, base: a, empty: ""}
      """;
  private static final String PROCESS =
      """
      ---
      apiVersion: hyperloop.io/v1
      kind: Process
      metadata: {name: process}
      pipeline: [{agent: worker}, {gate: review}, {action: merge-pr}]
      gates: {review: {type: manual}}
      """;

  @Test
  void agentsAndProcessAreRead() {
    Playbook playbook = read(AGENTS + PROCESS, "");

    assertThat(playbook.agents()).containsOnlyKeys("pm", "worker");
    assertThat(agent(playbook, "worker").writes()).isTrue();
    assertThat(agent(playbook, "worker").guidelines().toString())
        .isEqualTo("{base=a, project=b, process=c, zeta=d}");
    assertThat(playbook.process().pipeline().steps()).hasSize(3);
  }

  @Test
  void theHeaderlessTextReplacesWholeKeys() {
    String text = "pipeline: [{agent: worker}, {action: merge-pr}]\n";

    Playbook playbook = read(AGENTS + PROCESS + configMap(text), text);

    assertThat(playbook.process().pipeline().steps())
        .extracting(Pipeline.Step::name)
        .containsExactly("worker", "merge-pr");
    assertThat(playbook.process().gates()).containsOnlyKeys("review");
    assertThat(playbook.warnings())
        .containsExactly("the process defines review but no step uses it");
  }

  @Test
  void aMistakeInTheHeaderlessTextIsNamedByFileAndLine() {
    String text = "# mine\npipeline:\n  - agnt: worker\n";

    assertThat(problems(AGENTS + PROCESS + configMap(text), text))
        .containsExactly(
            Problem.user(
                "unknown key \"pipeline[0].agnt\"", FILE + ":3", "did you mean \"agent\"?"));
  }

  @Test
  void aMistakeInThePatchedProcessIsNamedByPointer() {
    assertThat(problems(AGENTS + PROCESS.replace("gate: review", "gate: reviw"), ""))
        .extracting(Problem::where)
        .containsExactly("the build of x, at /pipeline/1/gate");
  }

  @Test
  void brokenAgentsAndProcessAreToldTogether() {
    String built =
        AGENTS.replace("prompt: work", "promt: work") + PROCESS.replace("pipeline", "pipelin");

    assertThat(problems(built, ""))
        .extracting(Problem::what)
        .containsExactlyInAnyOrder(
            "the key prompt is missing",
            "unknown key \"promt\"",
            "the key pipeline is missing",
            "unknown key \"pipelin\"");
  }

  @Test
  void withoutPmOrProcessNothingGoes() {
    assertThat(problems("", ""))
        .extracting(Problem::what)
        .containsExactly("there is no agent pm", "there is no process");
  }

  @Test
  void anUnknownKindOfOursIsAMistakeAndAnotherIsWarnedOf() {
    assertThat(problems(AGENTS + PROCESS + "---\napiVersion: hyperloop.io/v1\nkind: Agnet\n", ""))
        .extracting(Problem::remedy)
        .containsExactly("did you mean \"Agent\"?");
    assertThat(
            read(AGENTS + PROCESS + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\n", "")
                .warnings())
        .containsExactly("the overlay holds a Secret s, which nothing here uses");
  }

  @Test
  void twoOfAKindAreRefused() {
    assertThat(problems(AGENTS + PROCESS + PROCESS, ""))
        .extracting(Problem::what)
        .containsExactly("there are two resources of kind Process");
  }

  @Test
  void theBuildMayNotHoldTagsEither() {
    assertThat(problems("a: !!java.io.File [x]", "")).isNotEmpty();
  }

  private static String configMap(String text) {
    return """
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: process
      annotations: {hyperloop.io/kind: process}
    data:
      process.yaml: %s
    """
        .formatted('"' + text.replace("\\", "\\\\").replace("\n", "\\n") + '"');
  }

  @Test
  void gatesThatNeedAPullRequestAreReadWhereThereAreSome() {
    String built = AGENTS + PROCESS.replace("manual", "pr-approval");

    Playbook playbook = PlaybookReader.read("the build of x", built, FILE, "", true);

    assertThat(playbook.process().gates())
        .containsEntry("review", new Gate.Approval(1))
        .containsEntry("human-pr-approval", new Gate.Label("lgtm"));
    assertThat(problems(built, ""))
        .extracting(Problem::what)
        .containsExactly(
            "the gate \"review\" (type pr-approval) needs a pull request, and no repo is set");
  }

  private static Playbook read(String built, String text) {
    return PlaybookReader.read("the build of x", built, FILE, text, false);
  }

  private static List<Problem> problems(String built, String text) {
    return catchThrowableOfType(PortFailure.class, () -> read(built, text)).problems();
  }

  private static AgentTemplate agent(Playbook playbook, String name) {
    return Objects.requireNonNull(playbook.agents().get(name));
  }
}
