package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cycles, blocked chains and the critical path. */
class DependencyGraphTest {
  private static final Spec SPEC = new Spec("specs/a.md", World.ROOT, World.ROOT);

  private static Task open(int number, int... deps) {
    return Tasks.open(number, SPEC, deps);
  }

  private static TaskTable table(Task... tasks) {
    return TaskTable.of(List.of(tasks));
  }

  private static List<TaskId> ids(Integer... numbers) {
    return Stream.of(numbers).map(TaskId::new).toList();
  }

  /** A chain in which each task waits for the one before. */
  private static List<Task> chain(int length, Task first) {
    var tasks = new ArrayList<Task>();
    tasks.add(first);
    for (int i = 2; i <= length; i++) {
      tasks.add(open(i, i - 1));
    }
    return tasks;
  }

  @Test
  void aTaskWhoseDepFailedIsBlockedWithTheChainThatLeadsThere() {
    var tasks = table(Tasks.failed(open(1)), open(2, 1), open(3, 2), open(4));
    assertThat(DependencyGraph.blocked(tasks))
        .isEqualTo(Map.of(World.id(2), ids(2, 1), World.id(3), ids(3, 2, 1)));
  }

  @Test
  void aTaskWhoseDepIsParkedIsBlocked() {
    assertThat(DependencyGraph.blocked(table(Tasks.parked(open(1)), open(2, 1))))
        .containsOnlyKeys(World.id(2));
  }

  @Test
  void aTaskWhoseDepIsMissingIsBlocked() {
    assertThat(DependencyGraph.blocked(table(open(2, 1))))
        .isEqualTo(Map.of(World.id(2), ids(2, 1)));
  }

  @Test
  void tasksThatWaitForEachOtherAreBlockedAndSoAreThoseThatWaitForThem() {
    var tasks = table(open(1, 2), open(2, 3), open(3, 1), open(4, 3), open(5, 5), open(6));
    assertThat(DependencyGraph.blocked(tasks))
        .containsOnlyKeys(World.id(1), World.id(2), World.id(3), World.id(4), World.id(5));
  }

  @Test
  void aTaskThatWaitsForOneUnderWayIsNotBlocked() {
    assertThat(DependencyGraph.blocked(table(Tasks.at("x", open(1)), open(2, 1)))).isEmpty();
  }

  @Test
  void aTaskUnderWayIsNotBlockedWhateverBecameOfItsDeps() {
    assertThat(DependencyGraph.blocked(table(Tasks.failed(open(1)), Tasks.at("x", open(2, 1)))))
        .isEmpty();
  }

  @Test
  void aChainOf20000IsFineAndItsEndsAreNamed() {
    var blocked = DependencyGraph.blocked(TaskTable.of(chain(20_000, Tasks.failed(open(1)))));
    assertThat(blocked).hasSize(19_999);
    assertThat(blocked.lastEntry().getValue())
        .hasSizeLessThan(20)
        .startsWith(World.id(20_000), World.id(19_999))
        .endsWith(World.id(1));
  }

  @Test
  void aCycleIsNamedInOrder() {
    assertThat(
            DependencyGraph.of(TaskTable.of(List.of(open(1, 2), open(2, 3), open(3, 1)))).cycle())
        .contains(ids(1, 2, 3, 1));
    assertThat(
            DependencyGraph.of(TaskTable.of(List.of(open(1, 2), open(2), open(3, 1, 2)))).cycle())
        .isEmpty();
  }

  @Test
  void aCycleOf20000IsFound() {
    var tasks = chain(20_000, open(1, 20_000));
    assertThat(DependencyGraph.of(TaskTable.of(tasks)).cycle().orElseThrow()).hasSize(20_001);
    assertThat(DependencyGraph.blocked(TaskTable.of(tasks))).hasSize(20_000);
  }

  @Test
  void theCriticalPathIsTheLongestChainOfOpenTasks() {
    var tasks =
        table(
            Tasks.complete(open(1)),
            open(2, 1),
            open(3),
            open(4, 3),
            open(5, 4, 2),
            open(6),
            open(7, 6));
    assertThat(DependencyGraph.criticalPath(tasks)).isEqualTo(ids(3, 4, 5));
  }

  @Test
  void theCriticalPathOf20000IsFineAndCyclesAreLeftOut() {
    assertThat(DependencyGraph.criticalPath(TaskTable.of(chain(20_000, open(1))))).hasSize(20_000);
    assertThat(DependencyGraph.criticalPath(table(open(1, 2), open(2, 1), open(3))))
        .isEqualTo(ids(3));
    assertThat(DependencyGraph.criticalPath(TaskTable.EMPTY)).isEmpty();
  }

  @Test
  void aDepNamedTwiceIsOne() {
    assertThat(DependencyGraph.criticalPath(table(open(1), open(2, 1, 1)))).isEqualTo(ids(1, 2));
  }

  @Test
  void blockedTasksAreToldOnceAndAgainForAnotherReason() {
    World world = World.with("a").handled();
    Spec spec = world.spec("a");
    world.given(Tasks.failed(Tasks.open(1, spec)), Tasks.open(2, spec, 1), Tasks.open(3, spec, 2));
    world.given(Tasks.open(4, spec)).cycle().cycle();
    assertThat(world.told(Event.TaskBlocked.class))
        .containsExactly(
            new Event.TaskBlocked(World.id(2), ids(2, 1)),
            new Event.TaskBlocked(World.id(3), ids(3, 2, 1)));
    world.pass(4);
    assertThat(world.told(Event.TaskBlocked.class)).hasSize(2);
  }
}
