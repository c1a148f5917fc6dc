package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.PullRequests.Method;
import io.hyperloop.port.PullRequests.PullRequest;
import io.hyperloop.port.PullRequests.Update;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all pull requests do, wherever they are; here, how they are merged. */
public abstract class PullRequestsContract extends PullRequestsSightContract {
  private MergeAnswer merge(PullRequest pull, Method method, Via via) {
    return pulls()
        .merge(new Merge(pull.number(), pull.head(), method, via, "Do it (task-001)", "Done."));
  }

  private MergeAnswer merge(PullRequest pull) {
    return merge(pull, Method.SQUASH, Via.DIRECT);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aReadyOneIsMerged(Method method) {
    PullRequest pull = ready();
    MergeAnswer answer = merge(pull, method, Via.DIRECT);
    assertThat(answer).isEqualTo(new MergeAnswer.Merged(world().head("main")));
    assertThat(world().base("a.txt")).isEqualTo("a");
    assertThat(sight(pull.number()).state()).isEqualTo(State.MERGED);
    assertThat(sight(pull.number()).mergeCommit()).isEqualTo(world().head("main"));
  }

  @Test
  void eachHeadIsMergedAtMostOnce() {
    PullRequest pull = ready();
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Merged.class);
    String tip = world().head("main");
    assertThat(merge(pull)).isEqualTo(new MergeAnswer.AlreadyMerged(tip, pull.head()));
    assertThat(world().head("main")).isEqualTo(tip);
  }

  @Test
  void oneThatWasMergedByHandIsMerged() {
    PullRequest pull = ready();
    world().mergeByHand(pull.number());
    assertThat(merge(pull))
        .isEqualTo(new MergeAnswer.AlreadyMerged(world().head("main"), pull.head()));
  }

  @Test
  void aClosedOneIsNotMerged() {
    PullRequest pull = ready();
    world().closeByHand(pull.number());
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Closed.class);
    assertThat(world().base("a.txt")).isEmpty();
  }

  @Test
  void anotherHeadIsNotMerged() {
    PullRequest pull = ready();
    String later = world().push(BRANCH, "a.txt", "not verified");
    settle(pull.number());
    assertThat(merge(pull)).isEqualTo(new MergeAnswer.HeadMoved(later));
    assertThat(world().base("a.txt")).isEmpty();
  }

  @Test
  void aContradictionIsNotMerged() {
    PullRequest pull = ready();
    world().push("main", "a.txt", "another way");
    settle(pull.number());
    assertThat(sight(pull.number()).mergeable()).isEqualTo(Mergeable.CONFLICT);
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Dirty.class);
  }

  @Test
  void aDraftIsNotMergedYet() {
    PullRequest pull = draft();
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.NotYet.class);
  }

  @Test
  void aMovedBaseDoesNotMatterWhereNoRuleSaysSo() {
    PullRequest pull = ready();
    world().push("main", "other.txt", "other");
    settle(pull.number());
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Merged.class);
    assertThat(world().base("other.txt")).isEqualTo("other");
  }

  @Test
  void whereARuleSaysSoTheBranchIsUpdatedFirst() {
    world().rules(Set.of(), true);
    PullRequest pull = ready();
    world().push("main", "other.txt", "other");
    settle(pull.number());
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Behind.class);
    assertThat(pulls().updateBranch(pull.number(), pull.head())).isEqualTo(Update.UPDATING);
    settle(pull.number());
    PullRequestSight sight = sight(pull.number());
    assertThat(sight.head()).isNotEqualTo(pull.head());
    var order = new Merge(pull.number(), sight.head(), Method.SQUASH, Via.DIRECT, "Do it", "Done.");
    assertThat(pulls().merge(order)).isInstanceOf(MergeAnswer.Merged.class);
  }

  @Test
  void updatingIsRefusedForAReason() {
    PullRequest pull = ready();
    assertThat(pulls().updateBranch(pull.number(), pull.head())).isEqualTo(Update.CURRENT);
    world().push("main", "a.txt", "another way");
    assertThat(pulls().updateBranch(pull.number(), pull.head())).isEqualTo(Update.CONFLICT);
    world().push(BRANCH, "b.txt", "b");
    assertThat(pulls().updateBranch(pull.number(), pull.head())).isEqualTo(Update.HEAD_MOVED);
    world().closeByHand(pull.number());
    assertThat(pulls().updateBranch(pull.number(), world().head(BRANCH))).isEqualTo(Update.CLOSED);
  }

  @Test
  void aMissingCheckBlocks() {
    world().rules(Set.of("build"), false);
    PullRequest pull = ready();
    assertThat(sight(pull.number()).mergeable()).isEqualTo(Mergeable.BLOCKED);
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Blocked.class);
    world().check(pull.head(), "build", Result.PASSED, "");
    settle(pull.number());
    assertThat(merge(pull)).isInstanceOf(MergeAnswer.Merged.class);
  }

  @Test
  void autoMergeMergesWhenTheCheckHasPassed() {
    world().rules(Set.of("build"), false);
    PullRequest pull = ready();
    assertThat(merge(pull, Method.SQUASH, Via.AUTO_MERGE)).isInstanceOf(MergeAnswer.NotYet.class);
    assertThat(sight(pull.number()).handedOver()).isTrue();
    assertThat(merge(pull, Method.SQUASH, Via.AUTO_MERGE)).isInstanceOf(MergeAnswer.NotYet.class);
    world().check(pull.head(), "build", Result.PASSED, "");
    world().tick();
    assertThat(merge(pull, Method.SQUASH, Via.AUTO_MERGE))
        .isInstanceOf(MergeAnswer.AlreadyMerged.class);
  }

  @Test
  void autoMergeOfWhatMayBeMergedMergesAtOnce() {
    PullRequest pull = ready();
    assertThat(merge(pull, Method.SQUASH, Via.AUTO_MERGE)).isInstanceOf(MergeAnswer.Merged.class);
  }

  @Test
  void aQueueMergesInItsTurn() {
    world().queue();
    PullRequest pull = ready();
    assertThat(merge(pull, Method.SQUASH, Via.QUEUE)).isInstanceOf(MergeAnswer.NotYet.class);
    assertThat(merge(pull, Method.SQUASH, Via.QUEUE)).isInstanceOf(MergeAnswer.NotYet.class);
    assertThat(sight(pull.number()).handedOver()).isTrue();
    world().tick();
    assertThat(merge(pull, Method.SQUASH, Via.QUEUE)).isInstanceOf(MergeAnswer.AlreadyMerged.class);
  }

  @Test
  void aDeletedBranchClosesItAndAPushedOneOpensAnother() {
    PullRequest pull = draft();
    world().deleteBranch(BRANCH);
    assertThat(sight(pull.number()).state()).isEqualTo(State.CLOSED);
    world().push(BRANCH, "a.txt", "again");
    assertThat(pulls().ensure(proposal(BRANCH)).created()).isTrue();
  }

  @Test
  void nothingIsPausedWhereAllIsWell() {
    var unused = draft();
    assertThat(pulls().pause()).isEmpty();
  }
}
