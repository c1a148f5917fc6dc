package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessReaderTest {
  private static final Set<String> AGENTS = Set.of("pm", "implementer", "verifier");

  @Test
  void theDefaultPipelineNeedsNoEntriesBelow() {
    ProcessReader.Reading reading =
        parse(
            """
            pipeline:
              - loop:
                  - agent: implementer
                  - agent: verifier
              - action: merge-pr
            """);

    assertThat(reading.process().pipeline().steps())
        .extracting(Pipeline.Step::phase)
        .containsExactly("implementer", "verifier", "merge-pr");
    assertThat(reading.process().actions()).containsEntry("merge-pr", new Action.Merge());
    assertThat(reading.warnings()).isEmpty();
  }

  @Test
  void aHeaderIsAllowed() {
    assertThat(
            parse(
                    """
                    apiVersion: hyperloop.io/v1
                    kind: Process
                    metadata: {name: process}
                    pipeline: [{action: merge-pr}]
                    """)
                .process()
                .pipeline()
                .steps())
        .hasSize(1);
  }

  @Test
  void manualGatesAndNestedLoopsAndNamesAreTaken() {
    ProcessReader.Reading reading =
        parse(
            """
            pipeline:
              - gate: kick-off
              - loop:
                  - loop: [{agent: implementer}, {agent: verifier}]
                  - agent: verifier
                    as: second-look
                  - gate: human-pr-approval
              - action: ship
            gates:
              kick-off: {type: manual}
              human-pr-approval: {type: manual}
            actions:
              ship: {type: pr-merge}
            """);

    assertThat(reading.process().pipeline().steps())
        .extracting(Pipeline.Step::phase)
        .containsExactly(
            "kick-off", "implementer", "verifier", "second-look", "human-pr-approval", "ship");
    assertThat(reading.process().gates())
        .containsEntry("kick-off", new Gate.Manual())
        .containsEntry("human-pr-approval", new Gate.Manual());
    assertThat(reading.process().actions()).containsEntry("ship", new Action.Merge());
  }

  @Test
  void allProblemsAreListedAtOnceByLine() {
    assertThat(
            told(
                """
                pipelines: []
                pipeline:
                  - lop: [{agent: implementer}]
                  - agent: verifer
                  - loop: []
                  - agent: pm
                    gate: x
                  - gate: review
                  - action: merge
                  - verifier
                  - agent: Bad Name
                gates:
                  other: {type: manul}
                actions:
                  deploy: {type: command}
                """))
        .containsExactly(
            "p.yaml:1 unknown key \"pipelines\"; did you mean \"pipeline\"?",
            "p.yaml:3 unknown key \"pipeline[0].lop\"; did you mean \"loop\"?",
            "p.yaml:4 there is no template of an agent \"verifer\"; did you mean \"verifier\"?",
            "p.yaml:5 pipeline[2].loop is an empty list; add an item",
            "p.yaml:6 pipeline[3] has not exactly one of: agent, gate, action, loop; keep exactly"
                + " one of them; split the step if it has several",
            "p.yaml:8 the gate \"review\" is not defined; add gates: {review: {type: manual}}",
            "p.yaml:9 the action \"merge\" is not defined; add actions: {merge: {type: pr-merge}}",
            "p.yaml:10 pipeline[6] is the text \"verifier\"; write a mapping (indented keys)",
            "p.yaml:11 pipeline[7].agent is the text \"Bad Name\"; use a to z, 0 to 9 and hyphens,"
                + " at most 63, beginning with a letter or digit",
            "p.yaml:13 gates.other.type is the text \"manul\"; did you mean \"manual\"?",
            "p.yaml:15 an action of type command: not built yet; leave it out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"label", "pr-approval", "ci-status", "all, require: [m]"})
  void aGateThatNeedsAPullRequestIsRefused(String type) {
    assertThat(
            told(
                "pipeline: [{gate: g}, {action: merge-pr}]\ngates: {m: {type: manual}, g: {type: %s}}"
                    .formatted(type)))
        .singleElement()
        .asString()
        .contains("needs a pull request, and no repo is set");
  }

  @Test
  void theApprovalGateIsALabelUnlessToldOtherwise() {
    assertThat(told("pipeline: [{gate: human-pr-approval}]"))
        .singleElement()
        .asString()
        .contains("(type label) needs a pull request")
        .contains("gates: {human-pr-approval: {type: manual}}");
  }

  @Test
  void onlyAPullRequestIsMergedByAnyoneElse() {
    String text =
        """
        pipeline: [{action: merge-pr}, {action: ship}, {action: queue}]
        actions:
          merge-pr: {type: pr-merge, via: direct}
          ship: {type: pr-merge, via: auto-merge}
          queue:
            type: pr-merge
            via: merge-queue
        """;

    assertThat(ProcessReader.parse("p.yaml", text, AGENTS, true).process().actions())
        .containsEntry("merge-pr", new Action.Merge(Action.Via.DIRECT))
        .containsEntry("ship", new Action.Merge(Action.Via.AUTO_MERGE))
        .containsEntry("queue", new Action.Merge(Action.Via.QUEUE));
    assertThat(told(text))
        .containsExactly(
            "p.yaml:4 the action \"ship\" merges pull requests, and no repo is set; leave via out,"
                + " or set repo: owner/repo in .hyperloop.yaml",
            "p.yaml:7 the action \"queue\" merges pull requests, and no repo is set; leave via out,"
                + " or set repo: owner/repo in .hyperloop.yaml");
  }

  @Test
  void hooksAreNotBuiltYet() {
    assertThat(
            told(
                "pipeline: [{action: merge-pr}]\nhooks:\n  after_reap: [{type: process-improver}]"))
        .containsExactly("p.yaml:2 hooks: not built yet; leave it out");
  }

  @Test
  void noHooksAreNoHooks() {
    assertThat(parse("pipeline: [{action: merge-pr}]\nhooks: {}").warnings()).isEmpty();
  }

  @Test
  void twoStepsOfOnePhaseAreRefused() {
    assertThat(told("pipeline:\n- agent: pm\n  as: verifier\n- agent: verifier\n"))
        .containsExactly(
            "p.yaml:4 this step is called \"verifier\", as is pipeline[0]; give one of them another"
                + " name with as:");
  }

  @Test
  void aRecurringStepIsTaken() {
    assertThat(
            parse("pipeline: [{agent: verifier}, {agent: verifier}, {action: merge-pr}]")
                .process()
                .pipeline()
                .steps())
        .extracting(Pipeline.Step::phase)
        .containsExactly("verifier", "verifier#2", "merge-pr");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipeline: []",
        "pipeline: {agent: pm}",
        "gates: {}",
        "pipeline: [{loop: [{agent: pm}], as: x}]",
        "pipeline: [{}]",
        "pipeline: [{as: x}]",
        "pipeline: [{agent: null}]",
        "pipeline: [{agent: 7}]",
        "pipeline: [{action: merge-pr}]\ngates: {g: {}}",
        "pipeline: [{action: merge-pr}]\ngates: {'A b': {type: manual}}",
        "pipeline: [{action: merge-pr}]\nkind: Agent",
        "pipeline: [{action: merge-pr}]\nactions: {merge-pr: {type: pr-merge, via: fax}}",
        "pipeline: [{action: merge-pr}]\nactions: {merge-pr: {type: pr-merge, checks: [x]}}",
        "just text"
      })
  void whatMakesNoSenseIsRefused(String text) {
    assertThat(told(text)).hasSize(1);
  }

  @Test
  void loopsNestOnlySoDeep() {
    String deep = "{loop: [".repeat(20) + "{agent: pm}" + "]}".repeat(20);

    assertThat(told("pipeline: [" + deep + "]"))
        .singleElement()
        .asString()
        .contains("nested deeper than 16 levels");
  }

  @Test
  void aPipelineThatNeverMergesIsWarnedOf() {
    assertThat(parse("pipeline: [{agent: implementer}]").warnings())
        .singleElement()
        .asString()
        .contains("the pipeline never merges");
  }

  @Test
  void aGateThatNoStepUsesIsWarnedOf() {
    assertThat(parse("pipeline: [{action: merge-pr}]\ngates: {review: {type: label}}").warnings())
        .containsExactly("the process defines review but no step uses it");
  }

  private static ProcessReader.Reading parse(String text) {
    return ProcessReader.parse("p.yaml", text, AGENTS, false);
  }

  private static List<String> told(String text) {
    return catchThrowableOfType(PortFailure.class, () -> parse(text)).problems().stream()
        .map((Problem p) -> p.where() + " " + p.what() + "; " + p.remedy())
        .toList();
  }
}
