package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.port.PullRequests.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is seen of pull requests, and of what others do with them. */
abstract class PullRequestsSightContract extends PullRequestsLifeContract {
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
}
