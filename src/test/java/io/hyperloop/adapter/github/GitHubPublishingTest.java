package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.git.BaseBranch;
import io.hyperloop.adapter.git.CleanRoom;
import io.hyperloop.adapter.git.GitTrunk;
import io.hyperloop.adapter.git.MergeStrategy;
import io.hyperloop.adapter.git.RemoteBranches;
import io.hyperloop.domain.Action;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Wish;
import io.hyperloop.port.PullRequests;
import io.hyperloop.port.Trunk;
import io.hyperloop.testing.TestRepository;
import io.hyperloop.testing.github.Ci;
import io.hyperloop.testing.github.GitHubDouble;
import io.hyperloop.testing.github.Rules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests as they are wished, on GitHub's double with real git behind it. */
class GitHubPublishingTest {
  private static final TaskId TASK = TaskId.parse("task-001");
  private static final String BRANCH = "hyperloop/task-001";

  @TempDir private Path directory;
  private GitHubDouble gitHub;
  private TestRepository mine;
  private GitHubPublishing publishing;
  private GitHubTrunk trunk;

  @BeforeEach
  void aCloneOfIt() {
    gitHub = GitHubDouble.start(directory.resolve("widgets.git"));
    mine = TestRepository.empty(directory.resolve("mine"));
    mine.git("remote", "add", "origin", gitHub.bare().toString());
    mine.git("pull", "-q", "origin", "main");
    mine.git("branch", "-q", BRANCH);
    CleanRoom room = CleanRoom.of(mine.repository(), directory.resolve("state"));
    BaseBranch base = BaseBranch.fetched(mine.repository(), "main", "origin", () -> room);
    var pulls =
        new GitHubPullRequests(
            ApiAddress.of(gitHub.url()),
            GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
            gitHub.repository(),
            Clock.systemUTC());
    var branches = new RemoteBranches(mine.repository(), base, room, "origin");
    publishing = new GitHubPublishing(pulls, branches, "main");
    var local = new GitTrunk(mine.repository(), base, room, MergeStrategy.SQUASH, true);
    trunk = new GitHubTrunk(pulls, branches, local, PullRequests.Method.SQUASH, true);
  }

  @AfterEach
  void nothingWasAskedThatGitHubWouldNotUnderstand() {
    gitHub.close();
  }

  private String work(String path, String text) {
    mine.git("checkout", "-q", BRANCH);
    String commit = mine.write(path, text).commit("work on " + path);
    mine.git("checkout", "-q", "main");
    return commit;
  }

  private static Wish wish(
      String head, boolean ready, List<String> stale, Wish.@Nullable Notice notice) {
    return new Wish(
        TASK,
        BRANCH,
        head,
        "Do it (task-001)",
        "> done",
        List.of("task/task-001", "spec/a b"),
        stale,
        ready,
        notice);
  }

  private PublishEnd.Done published(Wish wish, @Nullable String pr) {
    return (PublishEnd.Done) publishing.publish(wish, pr);
  }

  /** The address of the pull request that it opens. */
  private String opened(String head, boolean ready) {
    return Objects.requireNonNull(published(wish(head, ready, List.of(), null), null).pr());
  }

  private PullRequestSight look(String pr) {
    for (int i = 0; ; i++) {
      PullRequestSight seen = publishing.look(Map.of(TASK, pr)).seen().get(TASK);
      if (seen != null && (i > 3 || seen.mergeable() != PullRequestSight.Mergeable.UNKNOWN)) {
        return seen;
      }
    }
  }

  private Trunk.MergeOrder order(String head, String pr) {
    var spec = new SpecRef("specs/a.md", "a".repeat(40));
    return new Trunk.MergeOrder(
        TASK, "Do it", spec, BRANCH, head, pr, Action.Via.DIRECT, true, "done");
  }

  @Test
  void aDraftIsOpenedAndMadeReadyAndPeopleAreToldOnce() {
    String head = work("a.txt", "a");
    String pr = opened(head, false);
    assertThat(look(pr).draft()).isTrue();

    var notice = new Wish.Notice("k1", "Waiting:\n\n> for a label");
    for (int i = 0; i < 2; i++) {
      PublishEnd.Done again = published(wish(head, true, List.of(), notice), pr);
      assertThat(again.pr()).isEqualTo(pr);
    }

    PullRequestSight seen = look(pr);
    assertThat(seen.draft()).isFalse();
    assertThat(seen.labels()).containsExactlyInAnyOrder("task/task-001", "spec/a b");
    assertThat(seen.comments()).hasSize(1).allMatch(PullRequestSight.Comment::ours);
    assertThat(gitHub.look().pulls()).isEqualTo(1);
  }

  @Test
  void aLabelOfAnOlderHeadIsTakenOff() {
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    gitHub.member().labels(1, "lgtm");

    published(wish(work("b.txt", "b"), true, List.of("lgtm", "never there"), null), pr);

    assertThat(look(pr).labels()).doesNotContain("lgtm");
  }

  @Test
  void whatAPersonClosedStaysClosed() {
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    gitHub.member().closes(1);

    published(wish(work("b.txt", "b"), true, List.of(), null), pr);

    assertThat(look(pr).state()).isEqualTo(PullRequestSight.State.CLOSED);
    assertThat(gitHub.look().pulls()).isEqualTo(1);
  }

  @Test
  void commitsOfPeopleAreToldByTheHead() {
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    String pushed = gitHub.member().pushes(BRANCH, "b.txt", "b");

    assertThat(look(pr).head()).isEqualTo(pushed);
    assertThat(published(wish(head, true, List.of(), null), pr).head()).isEqualTo(pushed);
  }

  @Test
  void aFailedCheckComesWithTheEndOfItsLog() {
    gitHub.ci().planned(of -> List.of(Ci.Plan.red("build", 1, "expected 3 but was 4\n")));
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    gitHub.tick();
    gitHub.tick();

    Pulls seen = publishing.look(Map.of(TASK, pr));

    assertThat(seen.logs().values()).anyMatch(log -> log.contains("expected 3 but was 4"));
  }

  @Test
  void withdrawingClosesItWithTheReason() {
    String head = work("a.txt", "a");
    String pr = opened(head, true);

    publishing.withdraw(TASK, pr, "spec removed");
    publishing.withdraw(TASK, pr, "spec removed");

    assertThat(look(pr).state()).isEqualTo(PullRequestSight.State.CLOSED);
    assertThat(look(pr).comments()).hasSize(1);
    assertThat(gitHub.look().head(BRANCH)).as("the branch stays").isEqualTo(head);
  }

  @Test
  void workIsMergedWithItsTrailersAndIsHereAtOnce() {
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    look(pr);

    MergeEnd.Merged merged = (MergeEnd.Merged) trunk.merge(order(head, pr));

    assertThat(mine.git("rev-parse", "origin/main")).isEqualTo(merged.commit());
    assertThat(mine.git("show", "-s", "--format=%B", merged.commit()))
        .contains("Do it (task-001)", "Spec-Ref: specs/a.md@", "Task-Head: " + head);
    assertThat(trunk.merge(order(head, pr))).as("again").isEqualTo(merged);

    trunk.cleanUp(List.of(order(head, pr)));
    assertThat(mine.git("ls-remote", "origin", "refs/heads/" + BRANCH)).isEmpty();
    assertThat(mine.git("branch", "--list", BRANCH)).isEmpty();
  }

  @Test
  void aBranchIsUpdatedOnlyWhereGitHubCallsForIt() {
    gitHub.settings().rules(Rules.NONE.upToDateToo());
    String head = work("a.txt", "a");
    String pr = opened(head, true);
    gitHub.member().pushes("main", "z.txt", "z");
    look(pr);

    MergeEnd.Updated updated = (MergeEnd.Updated) trunk.merge(order(head, pr));

    assertThat(gitHub.look().head(BRANCH)).isEqualTo(updated.head());
    published(wish(updated.head(), true, List.of(), null), pr);
    look(pr);
    assertThat(trunk.merge(order(updated.head(), pr))).isInstanceOf(MergeEnd.Merged.class);
  }

  @Test
  void aConflictNamesTheFilesAndTheBase() {
    String head = work("README.md", "ours\n");
    String pr = opened(head, true);
    String newer = gitHub.member().pushes("main", "README.md", "theirs\n");
    look(pr);

    assertThat(trunk.merge(order(head, pr)))
        .isEqualTo(new MergeEnd.Conflict(List.of("README.md"), newer));
  }

  @Test
  void workThatChangesNothingNeedsNoPullRequest() {
    String head = mine.git("rev-parse", "main");

    PublishEnd.Done done = published(wish(head, true, List.of(), null), null);

    assertThat(done.pr()).isNull();
    assertThat(gitHub.look().pulls()).isZero();
  }
}
