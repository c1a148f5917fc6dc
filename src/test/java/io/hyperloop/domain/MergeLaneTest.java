package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Result;
import org.junit.jupiter.api.Test;

/** Who is merged when, where a branch must have the base's newest commits. */
class MergeLaneTest {
  /** Two tasks whose work is verified, and whose pull requests wait to be looked at again. */
  private static Hub two(Mergeable first, Mergeable second) {
    Hub hub = Hub.of(World.with("a")).plan(task("x", "a"), task("y", "a")).pass(1).pass(2);
    hub.pull(1).mergeable = first;
    hub.pull(2).mergeable = second;
    return hub.pass(1).pass(2);
  }

  @Test
  void ofThoseBehindOneAtATimeIsBroughtUpToDate() {
    Hub hub = two(Mergeable.BEHIND, Mergeable.BEHIND);

    assertThat(hub.world.merges(1)).isTrue();
    assertThat(hub.world.merges(2)).isFalse();
  }

  @Test
  void oneThatIsUpToDateAndBeingCheckedGoesFirst() {
    Hub hub = two(Mergeable.BEHIND, Mergeable.BLOCKED);
    hub.world.mergeEnds(1, new MergeEnd.NotYet("busy"));
    hub.pull(2).required("build", Result.PENDING);
    hub.world.later(java.time.Duration.ofMinutes(1));
    hub.settle();

    assertThat(hub.world.merges(1)).as("behind").isFalse();
    assertThat(hub.world.merges(2)).as("checked").isFalse();

    hub.pull(2).checks.clear();
    hub.pull(2).required("build", Result.PASSED).mergeable = Mergeable.YES;
    assertThat(hub.settle().world.merges(2)).isTrue();
  }

  @Test
  void oneThatLacksAnApprovalHoldsUpNobodyAndSaysSo() {
    Hub hub = two(Mergeable.BLOCKED, Mergeable.BEHIND);

    assertThat(String.valueOf(hub.world.task(1).reason())).contains("rules of the repository");
    assertThat(hub.world.merges(2)).isTrue();
  }

  @Test
  void aConflictIsFoundOutAtOnce() {
    Hub hub = two(Mergeable.CONFLICT, Mergeable.CONFLICT);

    assertThat(hub.world.merges(1)).isTrue();
    assertThat(hub.world.merges(2)).isTrue();
  }
}
