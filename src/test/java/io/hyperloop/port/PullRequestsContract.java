package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.PullRequests.Method;
import io.hyperloop.port.PullRequests.Proposal;
import io.hyperloop.port.PullRequests.PullRequest;
import io.hyperloop.port.PullRequests.Update;
import io.hyperloop.port.PullRequests.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all pull requests do, wherever they are. */
public abstract class PullRequestsContract {
  protected static final String BRANCH = "hyperloop/task-001";

  protected abstract PullRequests pulls();

  protected abstract PullRequestsWorld world();

  protected static Proposal proposal(String branch) {
    return new Proposal(branch, "main", "Do it", "Because.", List.of("task/task-001"), true);
  }

  /** Work on a branch with a draft of it. */
  private PullRequest draft() {
    world().push(BRANCH, "a.txt", "a");
    return pulls().ensure(proposal(BRANCH));
  }

  /** Work on a branch, ready to be merged. */
  private PullRequest ready() {
    PullRequest pull = draft();
    pulls().ready(pull.number());
    settle(pull.number());
    return pull;
  }

  private PullRequestSight sight(int number) {
    return Objects.requireNonNull(pulls().observe(List.of(number)).get(number));
  }

  /** Looks until it is worked out how they fit the base. */
  private void settle(int... numbers) {
    for (int number : numbers) {
      for (int i = 0; i < 5 && sight(number).mergeable() == Mergeable.UNKNOWN; i++) {
        world().tick();
      }
    }
  }

  private MergeAnswer merge(PullRequest pull, Method method, Via via) {
    return pulls()
        .merge(new Merge(pull.number(), pull.head(), method, via, "Do it (task-001)", "Done."));
  }

  private MergeAnswer merge(PullRequest pull) {
    return merge(pull, Method.SQUASH, Via.DIRECT);
  }

  @Test
  void aDraftIsOpenedOnce() {
    PullRequest first = draft();
    assertThat(first.created()).isTrue();
    assertThat(first.draft()).isTrue();
    assertThat(first.head()).isEqualTo(world().head(BRANCH));
    PullRequest second = pulls().ensure(proposal(BRANCH));
    assertThat(second.created()).isFalse();
    assertThat(second.number()).isEqualTo(first.number());
  }

  @Test
  void whatIsAsWantedIsLeftAlone() {
    PullRequest pull = draft();
    int before = world().changes();
    assertThat(pulls().ensure(proposal(BRANCH)).number()).isEqualTo(pull.number());
    assertThat(world().changes()).isEqualTo(before);
  }

  @Test
  void titleAndBodyFollow() {
    int number = draft().number();
    var other = new Proposal(BRANCH, "main", "Do it well", "Why not.", List.of(), true);
    assertThat(pulls().ensure(other).number()).isEqualTo(number);
    assertThat(world().title(number)).isEqualTo("Do it well");
    assertThat(world().body(number)).isEqualTo("Why not.");
  }

  @Test
  void labelsOfOthersStay() {
    int number = draft().number();
    world().label(number, "lgtm");
    var more =
        new Proposal(BRANCH, "main", "Do it", "Because.", List.of("task/task-001", "x"), true);
    assertThat(pulls().ensure(more).number()).isEqualTo(number);
    assertThat(sight(number).labels()).containsExactlyInAnyOrder("task/task-001", "x", "lgtm");
  }

  @Test
  void labelsHaveOddCharacters() {
    world().push(BRANCH, "a.txt", "a");
    var labels =
        List.of("spec/a b", "spec/ü?#%&", "spec/\"quoted\"", "one,two\nthree", "L".repeat(80));
    int number = pulls().ensure(new Proposal(BRANCH, "main", "Do it", "", labels, true)).number();
    assertThat(sight(number).labels())
        .contains("spec/a b", "spec/ü?#%&", "spec/\"quoted\"", "one two three")
        .hasSize(5)
        .allMatch(label -> label.codePointCount(0, label.length()) <= 50);
    int before = world().changes();
    var again = pulls().ensure(new Proposal(BRANCH, "main", "Do it", "", labels, true));
    assertThat(again.number()).isEqualTo(number);
    assertThat(world().changes()).as("nothing is put on twice").isEqualTo(before);
  }

  @Test
  void longTextsAreCut() {
    world().push(BRANCH, "a.txt", "a");
    String title = "😀".repeat(300);
    String body = "ü".repeat(70_000);
    int number =
        pulls().ensure(new Proposal(BRANCH, "main", title, body, List.of(), true)).number();
    assertThat(world().title(number).codePoints()).hasSizeLessThanOrEqualTo(256);
    assertThat(world().title(number)).startsWith("😀😀").endsWith("…");
    assertThat(world().body(number).codePoints()).hasSizeLessThanOrEqualTo(65_536);
    assertThat(world().body(number)).contains("cut here");
  }

  @Test
  void aBranchWithNothingNewIsAProblemOfItsTask() {
    assertThatThrownBy(() -> pulls().ensure(proposal("hyperloop/nowhere")))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure ->
                assertThat(failure.problems().getFirst().scope()).isEqualTo(Problem.Scope.TASK));
  }

  @Test
  void aDraftIsMadeReadyOnce() {
    int number = draft().number();
    pulls().ready(number);
    assertThat(sight(number).draft()).isFalse();
    int before = world().changes();
    pulls().ready(number);
    assertThat(world().changes()).isEqualTo(before);
    assertThat(pulls().ensure(proposal(BRANCH)).draft()).as("and stays ready").isFalse();
  }

  @Test
  void aClosedOneIsNotReopenedButFollowedByAnother() {
    PullRequest first = draft();
    pulls().close(first.number(), "removed", "The spec is gone.");
    assertThat(sight(first.number()).state()).isEqualTo(State.CLOSED);
    PullRequest second = pulls().ensure(proposal(BRANCH));
    assertThat(second.number()).isNotEqualTo(first.number());
  }

  @Test
  void closingSaysWhyOnce() {
    int number = draft().number();
    pulls().close(number, "removed", "The spec is gone.");
    pulls().close(number, "removed", "The spec is gone.");
    assertThat(sight(number).comments())
        .singleElement()
        .satisfies(comment -> assertThat(comment.body()).endsWith("The spec is gone."));
  }

  @Test
  void aCommentIsWrittenOncePerKey() {
    int number = draft().number();
    pulls().comment(number, "gate/approval", "Please look.");
    pulls().comment(number, "gate/approval", "Please look.");
    pulls().comment(number, "question-1", "Which one?");
    assertThat(sight(number).comments())
        .hasSize(2)
        .allMatch(Comment::ours)
        .extracting(Comment::body)
        .allMatch(body -> body.startsWith("<!-- hyperloop:"));
  }

  @Test
  void textOfOthersCannotPassForAComment() {
    int number = draft().number();
    pulls().comment(number, "one", "look:\n<!-- hyperloop:two -->\nend");
    pulls().comment(number, "two", "Hello.");
    assertThat(sight(number).comments()).hasSize(2);
  }

  @Test
  void peopleAreHeard() {
    int number = draft().number();
    world().comment(number, true, "Nice.");
    world().comment(number, false, "Buy this.");
    world().remark(number, "a.txt", 1, "Wrong.");
    world().review(number, Opinion.CHANGES_REQUESTED, "Do better.");
    PullRequestSight sight = sight(number);
    assertThat(sight.comments()).noneMatch(Comment::ours);
    assertThat(sight.comments())
        .filteredOn(comment -> comment.association().insider())
        .extracting(Comment::body, Comment::place)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("Nice.", ""),
            org.assertj.core.groups.Tuple.tuple("Wrong.", "a.txt:1"));
    assertThat(sight.comments()).hasSize(3);
    assertThat(sight.reviews())
        .singleElement()
        .satisfies(review -> {
          assertThat(review.opinion()).isEqualTo(Opinion.CHANGES_REQUESTED);
          assertThat(review.body()).isEqualTo("Do better.");
          assertThat(review.head()).isEqualTo(sight.head());
          assertThat(review.association().insider()).isTrue();
        });
    assertThat(sight.incomplete()).isEmpty();
  }

  @Test
  void whatIsSaidLaterIsHeardToo() {
    int number = draft().number();
    world().remark(number, "a.txt", 1, "One.");
    assertThat(sight(number).comments()).hasSize(1);
    world().remark(number, "a.txt", 2, "Two.");
    assertThat(sight(number).comments()).extracting(Comment::place).contains("a.txt:2");
    assertThat(sight(number).comments()).hasSize(2);
  }

  @Test
  void manyCommentsAreCutAndThatIsSaid() {
    int number = draft().number();
    for (int i = 0; i < 60; i++) {
      world().comment(number, true, "comment " + i);
    }
    PullRequestSight sight = sight(number);
    assertThat(sight.incomplete()).contains("comments");
    assertThat(sight.comments()).extracting(Comment::body).contains("comment 59");
  }

  @Test
  void idsLast() {
    int number = draft().number();
    world().review(number, Opinion.COMMENTED, "Hm.");
    world().comment(number, true, "Hm!");
    List<String> before = ids(sight(number));
    world().comment(number, true, "Hm!!");
    assertThat(ids(sight(number))).containsAll(before).doesNotHaveDuplicates().hasSize(3);
  }

  private static List<String> ids(PullRequestSight sight) {
    var ids = new ArrayList<String>();
    sight.reviews().stream().map(Review::id).forEach(ids::add);
    sight.comments().stream().map(Comment::id).forEach(ids::add);
    return ids;
  }

  @Test
  void manyAreSeenAtOnceAndUnknownOnesLeftOut() {
    var numbers = new ArrayList<Integer>();
    for (int i = 1; i <= 3; i++) {
      world().push("hyperloop/task-00" + i, "f" + i, "x");
      numbers.add(pulls().ensure(proposal("hyperloop/task-00" + i)).number());
    }
    assertThat(pulls().observe(List.of(numbers.get(0), numbers.get(2), 999)).keySet())
        .containsExactlyInAnyOrder(numbers.get(0), numbers.get(2));
    assertThat(pulls().observe(List.of())).isEmpty();
  }

  @Test
  void checksAreThoseOfTheHead() {
    world().rules(Set.of("build"), false);
    PullRequest pull = ready();
    world().check(pull.head(), "build", Result.FAILED, "it broke\n");
    world().check(pull.head(), "lint", Result.PASSED, "");
    PullRequestSight sight = sight(pull.number());
    assertThat(sight.checks())
        .extracting(Check::name, Check::result, Check::required)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("build", Result.FAILED, true),
            org.assertj.core.groups.Tuple.tuple("lint", Result.PASSED, false));
    world().push(BRANCH, "a.txt", "aa");
    assertThat(sight(pull.number()).checks()).isEmpty();
  }

  @Test
  void theLogOfAFailedJobCanBeRead() {
    PullRequest pull = draft();
    world().check(pull.head(), "build", Result.FAILED, "x\n".repeat(100_000) + "it broke\n");
    long job = sight(pull.number()).checks().getFirst().job();
    assertThat(pulls().failedJobLog(job)).endsWith("it broke\n").hasSizeLessThanOrEqualTo(65_536);
    assertThat(pulls().failedJobLog(job + 1000)).isEmpty();
    assertThat(pulls().failedJobLog(0)).isEmpty();
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
