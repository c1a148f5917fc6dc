package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.port.PullRequests.Proposal;
import io.hyperloop.port.PullRequests.PullRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a pull request is opened, changed, talked on and closed. */
abstract class PullRequestsLifeContract {
  protected static final String BRANCH = "hyperloop/task-001";

  protected abstract PullRequests pulls();

  protected abstract PullRequestsWorld world();

  protected static Proposal proposal(String branch) {
    return new Proposal(branch, "main", "Do it", "Because.", List.of("task/task-001"), true);
  }

  /** Work on a branch with a draft of it. */
  final PullRequest draft() {
    world().push(BRANCH, "a.txt", "a");
    return pulls().ensure(proposal(BRANCH));
  }

  /** Work on a branch, ready to be merged. */
  final PullRequest ready() {
    PullRequest pull = draft();
    pulls().ready(pull.number());
    settle(pull.number());
    return pull;
  }

  final PullRequestSight sight(int number) {
    return Objects.requireNonNull(pulls().observe(List.of(number)).get(number));
  }

  /** Looks until it is worked out how they fit the base. */
  final void settle(int... numbers) {
    for (int number : numbers) {
      for (int i = 0; i < 5 && sight(number).mergeable() == Mergeable.UNKNOWN; i++) {
        world().tick();
      }
    }
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
  void labelsAreTakenOff() {
    world().push(BRANCH, "a.txt", "a");
    var odd = List.of("spec/a b", "spec/ü?#%&", "kept");
    int number = pulls().ensure(new Proposal(BRANCH, "main", "Do it", "", odd, true)).number();
    pulls().unlabel(number, List.of("spec/a b", "spec/ü?#%&", "never/there"));
    assertThat(sight(number).labels()).containsExactly("kept");
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
}
