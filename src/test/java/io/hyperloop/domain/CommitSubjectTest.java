package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the commits of the state say. */
class CommitSubjectTest {
  private static String subject(World world) {
    return CommitSubject.of(world.last().events());
  }

  @Test
  void itSaysWhatChangedForWhom() {
    World world = World.with("a").limits(l -> l.workers(1)).cycle();
    assertThat(subject(world)).isEqualTo("hyperloop: PM asked about 1 spec");
    world.plan(task("x", "a"), task("y", "a"));
    assertThat(subject(world))
        .isEqualTo("hyperloop: task-001 started; task-002 created; specs/a.md planned");
    world.pass(1);
    assertThat(subject(world)).isEqualTo("hyperloop: task-001 implementer passed");
    world.fail(1, "no\nnot at all");
    assertThat(subject(world)).isEqualTo("hyperloop: task-001 verifier rejected round 0");
    world.breaks(1, Breakage.TIMED_OUT);
    assertThat(subject(world))
        .isEqualTo("hyperloop: task-001 implementer timed out; task-002 started");
    world.pass(2).pass(2).merge(2);
    assertThat(subject(world)).isEqualTo("hyperloop: task-002 complete");
  }

  @Test
  void itSaysWhatBecameOfSpecs() {
    World world = World.with("a").cycle().pm(satisfied("a"));
    assertThat(subject(world)).isEqualTo("hyperloop: specs/a.md satisfied");
    world.rename("a", "b").cycle();
    assertThat(subject(world)).isEqualTo("hyperloop: specs/a.md renamed to specs/b.md");
    world.delete("b").cycle();
    assertThat(subject(world)).isEqualTo("hyperloop: specs/b.md removed");
  }

  @Test
  void manyAreSummarised() {
    List<Event> events =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> (Event) new Event.TaskCreated(World.id(i), "x", "specs/a.md"))
            .toList();
    assertThat(CommitSubject.of(events)).isEqualTo("hyperloop: 40 tasks created");
  }

  @Test
  void whateverNamesAndTextsHoldItIsOneShortLine() {
    for (String rubbish :
        List.of("x".repeat(500), "a\nb\rc\u0000\u001b[2J\u2028", "\uD83D\uDE00".repeat(100), "")) {
      List<Event> events =
          List.of(
              new Event.SpecRemoved(rubbish),
              new Event.SpecRenamed(rubbish, rubbish),
              new Event.PlanningEnded(1, rubbish),
              new Event.RoundFailed(World.id(1), 3, rubbish, rubbish),
              new Event.HumanNeeded(rubbish, rubbish, rubbish));
      for (List<Event> some : List.of(events, events.subList(0, 1), events.subList(3, 4))) {
        assertThat(CommitSubject.of(some))
            .startsWith("hyperloop: ")
            .hasSizeLessThanOrEqualTo(72)
            .matches("[^\\p{Cntrl}\\u2028\\u2029]*");
      }
    }
  }

  @Test
  void withNothingToTellItStillIsALine() {
    assertThat(CommitSubject.of(List.of())).isEqualTo("hyperloop: keep the state");
  }
}
