package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.action;
import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pipelines laid flat, and what happens when they change under open tasks. */
class PipelineTest {
  private static Pipeline flat(Pipeline.Node... nodes) {
    return Pipeline.of(List.of(nodes));
  }

  private static String phases(Pipeline pipeline) {
    return pipeline.steps().stream().map(Pipeline.Step::phase).collect(Collectors.joining(" "));
  }

  @Test
  void aPhaseIsTheStepsNameOrItsAs() {
    assertThat(phases(flat(agent("implementer"), agent("verifier", "final-check"), merge())))
        .isEqualTo("implementer final-check merge-pr");
  }

  @Test
  void aNameThatRecursIsNumbered() {
    assertThat(phases(flat(agent("a"), loop(agent("a"), agent("b")), agent("a", "x"), agent("a"))))
        .isEqualTo("a a#2 b x a#4");
  }

  @Test
  void twoStepsWithOnePhaseAreRefused() {
    assertThatThrownBy(() -> flat(agent("a"), agent("b", "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("phase a");
  }

  @Test
  void anEmptyPipelineOrLoopIsRefused() {
    assertThatThrownBy(PipelineTest::flat).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> flat(loop())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyStepKnowsWhereAFailureGoesBackTo() {
    Pipeline pipeline =
        flat(
            gate("start"),
            loop(agent("a"), loop(agent("b"), agent("c")), action("inner")),
            gate("g"),
            loop(agent("d")),
            action("m"));
    assertThat(pipeline.steps())
        .extracting(Pipeline.Step::loop)
        .containsExactly(
            OptionalInt.empty(),
            OptionalInt.of(1),
            OptionalInt.of(2),
            OptionalInt.of(2),
            OptionalInt.of(1),
            OptionalInt.empty(),
            OptionalInt.of(5 + 1),
            OptionalInt.empty());
    assertThat(pipeline.steps())
        .extracting(Pipeline.Step::back)
        .containsExactly(0, 1, 2, 2, 1, 1, 6, 6);
  }

  @Test
  void loopsNestAThousandDeep() {
    Pipeline.Node node = agent("a");
    for (int i = 0; i < 1000; i++) {
      node = loop(node);
    }
    assertThat(flat(node).first().loop()).isEqualTo(OptionalInt.of(0));
  }

  private static World atVerifier(Pipeline.Node... pipeline) {
    return World.with("a").pipeline(pipeline).cycle().plan(task("x", "a")).pass(1);
  }

  private static World changedTo(World world, Pipeline.Node... pipeline) {
    world.process = Pipelines.of(pipeline);
    world.workers.clear();
    return world.cycle();
  }

  private static final Pipeline.Node[] USUAL = {
    loop(agent("implementer"), agent("verifier")), merge()
  };

  @Test
  void aStepThatIsStillThereIsKept() {
    World world = changedTo(atVerifier(USUAL), agent("implementer"), agent("verifier"), merge());
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    assertThat(world.told(Event.Warned.class)).isEmpty();
  }

  @Test
  void aStepThatIsGoneSendsTheTaskToTheFirstStepAndSaysSo() {
    World world = changedTo(atVerifier(USUAL), agent("builder"), merge());
    assertThat(world.task(1).phase()).isEqualTo("builder");
    assertThat(world.task(1).round()).isZero();
    assertThat(world.task(1).head()).as("it keeps its branch").isNotNull();
    assertThat(world.told(Event.Warned.class))
        .singleElement()
        .extracting(Event.Warned::text)
        .asString()
        .contains("task-001", "verifier", "builder");
  }

  @Test
  void aStepWhoseNameRecursNowSendsTheTaskToTheFirstStep() {
    World world =
        changedTo(atVerifier(USUAL), agent("implementer"), agent("verifier"), agent("verifier"));
    assertThat(world.task(1).phase()).isEqualTo("implementer");
  }

  @Test
  void aStepWhoseNameRecurredBeforeSendsTheTaskToTheFirstStep() {
    World world =
        changedTo(
            atVerifier(agent("implementer"), agent("verifier"), gate("g"), agent("verifier")),
            agent("implementer"),
            gate("g"),
            agent("verifier"));
    assertThat(world.task(1).phase()).isEqualTo("implementer");
  }

  @Test
  void aStepWithAnAsIsFoundAgainAlthoughItsNameRecurs() {
    Pipeline.Node[] before = {agent("implementer"), agent("verifier", "early"), agent("verifier")};
    Pipeline.Node[] after = {agent("verifier"), agent("verifier", "early"), merge()};
    assertThat(changedTo(atVerifier(before), after).task(1).phase()).isEqualTo("early");
  }

  @Test
  void withoutOpenTasksAChangedPipelineSaysNothing() {
    World world = atVerifier(USUAL).pass(1).merge(1);
    changedTo(world, agent("builder"), merge());
    assertThat(world.told(Event.Warned.class)).isEmpty();
    world.write("b", "new").cycle().plan(task("y", "b"));
    assertThat(world.worker(2).phase()).isEqualTo("builder");
  }

  @Test
  void aPhaseThatNoPipelineEverHadIsBegunAgain() {
    World world = World.with("a").handled();
    world.given(Tasks.at("nonsense", Tasks.open(1, world.spec("a")))).cycle();
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.works(1)).isTrue();
  }

  @Test
  void theFingerprintTellsShapesApart() {
    List<Pipeline> pipelines =
        List.of(
            flat(agent("a"), agent("b")),
            flat(loop(agent("a"), agent("b"))),
            flat(loop(agent("a")), agent("b")),
            flat(agent("a"), loop(agent("b"))),
            flat(agent("a"), gate("b")),
            flat(agent("a"), agent("b", "c")));
    assertThat(pipelines.stream().map(Pipeline::fingerprint).distinct()).hasSize(pipelines.size());
  }
}
