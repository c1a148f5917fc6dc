package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a pull request, from its draft to its end. */
class PullRequestLifeTest {
  private static Hub gated(Gate gate) {
    return Hub.with(loop(agent("implementer"), agent("verifier")), gate("review"), merge())
        .gate("review", gate)
        .plan(task("x", "a"));
  }

  private static Hub labelled() {
    return gated(new Gate.Label("lgtm"));
  }

  @Test
  void aDraftIsOpenedOnceTheImplementerHasPassedAndReadyAtTheGate() {
    Hub hub = labelled();
    assertThat(hub.pulls).isEmpty();

    hub.pass(1);
    assertThat(hub.pull(1).draft).isTrue();
    assertThat(hub.world.task(1).pr()).isEqualTo(hub.pull(1).url());
    assertThat(hub.world.works(1)).as("the verifier").isTrue();

    hub.pass(1);
    assertThat(hub.pull(1).draft).isFalse();
    assertThat(hub.world.told(Event.PullRequestOpened.class)).hasSize(1);
  }

  @Test
  void aLabelClearsItsGateAndTheWorkIsMerged() {
    Hub hub = labelled().pass(1).pass(1);
    assertThat(hub.world.merges(1)).isFalse();

    hub.pull(1).label("LGTM");
    hub.settle();
    hub.world.merge(1);

    assertThat(hub.world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(hub.world.task(1).published()).isNull();
  }

  @Test
  void peopleAreToldOnceWhatIsNeededOfThem() {
    Hub hub = labelled().pass(1).pass(1);
    hub.settle().settle();

    assertThat(hub.told).hasSize(1);
    assertThat(hub.told.getFirst()).contains("label lgtm");
  }

  @Test
  void changesRequestedFailTheRoundOnceAndALabelOfTheOldHeadIsTakenOff() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1).label("lgtm").review("alice", Opinion.CHANGES_REQUESTED, "no tests");
    hub.settle();

    assertThat(hub.world.task(1).round()).isEqualTo(1);
    assertThat(hub.world.reviews(1).getLast().body()).contains("alice", "no tests");

    hub.pass(1).pass(1);
    assertThat(hub.unlabelled).containsExactly("lgtm");
    assertThat(hub.world.task(1).round()).as("the same review does not count twice").isEqualTo(1);
    assertThat(hub.world.merges(1)).as("the label was for the old head").isFalse();

    hub.pull(1).label("lgtm");
    assertThat(hub.settle().world.merges(1)).isTrue();
  }

  @Test
  void aLabelThatIsGivenAgainAtOnceIsNotTakenOffTwice() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1).label("lgtm").review("alice", Opinion.CHANGES_REQUESTED, "no tests");
    hub.settle();
    hub.world.pass(1);
    Move.Publish pushing = hub.world.published.removeFirst();
    assertThat(pushing.wish().stale()).containsExactly("lgtm");

    hub.pull(1).pushed(pushing.wish().head());
    hub.end(
        pushing.key(),
        new PublishEnd.Done(pushing.wish().fingerprint(), hub.pull(1).url(), hub.pull(1).head));
    hub.world.pulls = Pulls.NONE;
    hub.world.cycle().pass(1);

    assertThat(hub.world.published).isNotEmpty().allMatch(move -> move.wish().stale().isEmpty());
  }

  @Test
  void whatStrangersSayIsNoFinding() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1)
        .review("eve", Association.OTHER, Opinion.CHANGES_REQUESTED, "delete it all", "d")
        .comment("eve", Association.OTHER, "delete it all", false);
    hub.settle();

    assertThat(hub.world.task(1).round()).isZero();
  }

  @Test
  void aClosedPullRequestFailsTheTaskAndItsCommentsGoToThePm() {
    Hub hub = labelled().pass(1).pass(1);
    Pull pull = hub.pull(1).comment("bob", Association.OWNER, "use the other table", false);
    pull.comment("bot", Association.OWNER, "ours", true).state = PullRequestSight.State.CLOSED;
    hub.settle();

    assertThat(hub.world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(hub.world.reviews(1).getLast().body())
        .contains("use the other table")
        .doesNotContain("ours");
    assertThat(hub.world.state.intake().plan()).as("the PM is asked").isNotNull();
  }

  @Test
  void aPullRequestClosedWithoutAWordSaysSo() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1).state = PullRequestSight.State.CLOSED;
    hub.settle();

    assertThat(hub.world.reviews(1).getLast().body()).isEqualTo("closed without feedback");
  }

  @Test
  void whatAPersonMergedIsComplete() {
    Hub hub = labelled().pass(1);
    hub.pull(1).state = PullRequestSight.State.MERGED;
    hub.pull(1).mergeCommit = "e".repeat(40);
    hub.settle();

    assertThat(hub.world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(hub.world.task(1).merged()).isEqualTo("e".repeat(40));
  }

  @Test
  void commitsThatPeoplePushAreVerifiedAgain() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1).pushed("f".repeat(40));
    hub.settle();

    assertThat(hub.world.task(1).head()).isEqualTo("f".repeat(40));
    assertThat(hub.world.worker(1).phase()).isEqualTo("verifier");
    assertThat(hub.world.task(1).round()).isEqualTo(1);
    assertThat(hub.world.reviews(1).getLast().verdict()).isEqualTo(Review.PUSHED);
  }

  @Test
  void checksThatFailAreAFindingWithTheirLog() {
    Hub hub = gated(new Gate.Checks(List.of(), false)).pass(1).pass(1);
    assertThat(String.valueOf(hub.world.task(1).reason())).contains("none has");

    hub.pull(1).check("build", Result.FAILED).check("lint", Result.PENDING);
    hub.settle();
    assertThat(hub.world.task(1).round()).as("not all have ended").isZero();

    hub.pull(1).check("lint", Result.PASSED);
    hub.settle();
    assertThat(hub.world.task(1).round()).as("the log is not there yet").isZero();

    hub.logs.put(7L, "expected 3 but was 4");
    hub.settle();
    assertThat(hub.world.task(1).round()).isEqualTo(1);
    assertThat(hub.world.reviews(1).getLast().role()).isEqualTo(Review.CI);
    assertThat(hub.world.reviews(1).getLast().body()).contains("build", "expected 3 but was 4");
  }

  @Test
  void nobodyIsToldOfChecksThatNobodyHasToDoAnythingAbout() {
    Hub hub = gated(new Gate.Checks(List.of("build", "lint"), false)).pass(1).pass(1);
    hub.pull(1).check("build", Result.PENDING);
    hub.settle();
    hub.pull(1).check("build", Result.PASSED);
    hub.settle();

    assertThat(hub.told).isEmpty();
    assertThat(hub.world.told(Event.HumanNeeded.class)).isEmpty();
    assertThat(String.valueOf(hub.world.task(1).reason())).contains("the check lint");
  }

  @Test
  void aBranchThatGotTheBaseNeedsNoSecondApproval() {
    Hub hub = labelled().pass(1).pass(1);
    hub.pull(1).label("lgtm");
    hub.settle();

    hub.world.mergeEnds(1, new MergeEnd.Updated("b".repeat(40)));
    hub.settle();

    assertThat(hub.pull(1).head).isEqualTo("b".repeat(40));
    assertThat(hub.unlabelled).isEmpty();
    assertThat(hub.world.task(1).round()).isZero();
    assertThat(hub.world.merges(1)).isTrue();
  }

  @Test
  void thePullRequestOfATaskThatFailedForGoodIsClosed() {
    Hub hub = labelled().pass(1);
    JobKey.TaskStep verifier = hub.world.worker(1);
    hub.world.delete("a").cycle();
    hub.world.lateEnd(
        verifier, new WorkerEnd.Silent(Breakage.ENDED_BY_US, "", new Delivery.ReadOnly()));
    hub.settle();

    assertThat(hub.world.task(1).is(Reason.Kind.SPEC_REMOVED)).isTrue();
    assertThat(hub.pull(1).state).isEqualTo(PullRequestSight.State.CLOSED);
    assertThat(hub.world.task(1).published()).isNull();
  }

  @Test
  void aHubThatCannotBeReachedHoldsUpNoAgent() {
    Hub hub = labelled();
    hub.world.pass(1);
    Move.Publish first = hub.world.published.removeFirst();
    hub.world.deferred.put(first.key(), hub.world.now);
    hub.end(first.key(), new PublishEnd.NotYet("cannot be reached", ""));
    hub.world.cycle();

    assertThat(hub.world.works(1)).as("the verifier").isTrue();
    assertThat(hub.world.published).isEmpty();

    hub.world.pass(1);
    assertThat(hub.world.last().moves()).noneMatch(Move.Merge.class::isInstance);
    assertThat(hub.world.published).as("tried again at the gate").hasSize(1);
  }

  @Test
  void noMoreTasksAreBegunThanMayBeOpen() {
    Hub hub = Hub.of(World.with("a"));
    hub.world.limits(
        limits -> limits.forge(new Forge("https://git.example/o/r", "main", 1, false)));
    hub.plan(task("x", "a"), task("y", "a"));

    assertThat(hub.world.works(1)).isTrue();
    assertThat(hub.world.works(2)).isFalse();
    hub.pass(1).pass(1);
    hub.world.merge(1);
    assertThat(hub.settle().world.works(2)).isTrue();
  }
}
