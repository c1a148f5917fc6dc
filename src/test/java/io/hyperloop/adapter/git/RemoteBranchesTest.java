package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.adapter.git.RemoteBranches.Stand;
import io.hyperloop.adapter.git.RemoteBranches.Update;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that people push to as well, with a real bare repository as the remote. */
class RemoteBranchesTest {
  private static final String TASK = "hyperloop/task-001";

  @TempDir private Path directory;
  private TestRepository mine;
  private TestRepository theirs;
  private RemoteBranches branches;

  @BeforeEach
  void aRemoteAndTwoClones() {
    mine = TestRepository.create(directory.resolve("mine"));
    mine.write("a.txt", "one\ntwo\nthree\nfour\nfive\n").commit("content");
    mine.git("clone", "-q", "--bare", mine.top().toString(), remote());
    mine.git("remote", "add", "origin", remote());
    mine.git("fetch", "-q", "origin");
    mine.git("branch", "-q", TASK);
    theirs = TestRepository.empty(directory.resolve("theirs"));
    theirs.git("remote", "add", "origin", remote());
    CleanRoom room = CleanRoom.of(mine.repository(), directory.resolve("state"));
    BaseBranch base = BaseBranch.fetched(mine.repository(), "main", "origin", () -> room);
    branches = new RemoteBranches(mine.repository(), base, room, "origin");
  }

  private String remote() {
    return directory.resolve("remote.git").toString();
  }

  private String at(String branch) {
    return mine.git("--git-dir=" + remote(), "rev-parse", branch);
  }

  /** A commit on the task's branch here, as taken over from a worker. */
  private String work(String path, String text) {
    mine.git("checkout", "-q", TASK);
    String commit = mine.write(path, text).commit("work on " + path);
    mine.git("checkout", "-q", "main");
    return commit;
  }

  /** A commit that somebody else pushes. */
  private String push(String branch, String path, String text) {
    theirs.git("fetch", "-q", "origin");
    theirs.git("checkout", "-q", "-B", "w", "origin/" + branch);
    String commit = theirs.write(path, text).commit("theirs on " + path);
    theirs.git("push", "-q", "origin", "w:" + branch);
    return commit;
  }

  @Test
  void workIsPushedAndASecondTimeNothingHappens() {
    String head = work("b.txt", "b");

    assertThat(branches.bring(TASK, head)).isEqualTo(new Stand.At(head));
    assertThat(branches.bring(TASK, head)).isEqualTo(new Stand.At(head));

    assertThat(at(TASK)).isEqualTo(head);
  }

  @Test
  void whatIsOnTheBaseAlreadyIsNothingToShow() {
    String head = mine.git("rev-parse", "main");

    assertThat(branches.bring(TASK, head)).isEqualTo(new Stand.Nothing(head));
  }

  @Test
  void commitsOfPeopleAreTaken() {
    String head = work("b.txt", "b");
    branches.bring(TASK, head);
    String pushed = push(TASK, "c.txt", "c");

    assertThat(branches.bring(TASK, head)).isEqualTo(new Stand.At(pushed));
    assertThat(mine.git("rev-parse", TASK)).isEqualTo(pushed);
  }

  @Test
  void commitsOfPeopleAndNewWorkAreMerged() {
    branches.bring(TASK, work("b.txt", "b"));
    String pushed = push(TASK, "c.txt", "c");
    String head = work("d.txt", "d");

    Stand stand = branches.bring(TASK, head);

    String joined = ((Stand.At) stand).head();
    assertThat(at(TASK)).isEqualTo(joined).isEqualTo(mine.git("rev-parse", TASK));
    assertThat(mine.git("show", "-s", "--format=%P", joined)).isEqualTo(pushed + " " + head);
    assertThat(mine.git("ls-tree", "--name-only", joined)).contains("b.txt", "c.txt", "d.txt");
  }

  @Test
  void commitsOfPeopleThatContradictTheWorkWinAndTheWorkIsKept() {
    branches.bring(TASK, work("b.txt", "b"));
    String pushed = push(TASK, "b.txt", "theirs");
    String head = work("b.txt", "ours");

    assertThat(branches.bring(TASK, head))
        .isInstanceOfSatisfying(
            Stand.Contradicted.class,
            contradicted -> {
              assertThat(contradicted.files()).containsExactly("b.txt");
              assertThat(contradicted.theirs()).isEqualTo(pushed);
            });
    assertThat(at(TASK)).isEqualTo(pushed).isEqualTo(mine.git("rev-parse", TASK));
    assertThat(mine.git("for-each-ref", "--format=%(objectname)", "refs/hyperloop/backup"))
        .contains(head);
  }

  @Test
  void whatOnlyWePushedIsReplacedByWhatBeginsAnew() {
    branches.bring(TASK, work("b.txt", "b"));
    mine.git("branch", "-q", "-f", TASK, "main");
    String anew = work("c.txt", "c");

    assertThat(branches.bring(TASK, anew)).isEqualTo(new Stand.At(anew));
    assertThat(at(TASK)).isEqualTo(anew);
  }

  @Test
  void aBranchThatAPersonDeletedIsMadeAgain() {
    String head = work("b.txt", "b");
    branches.bring(TASK, head);
    theirs.git("push", "-q", "origin", ":" + TASK);

    assertThat(branches.bring(TASK, head)).isEqualTo(new Stand.At(head));
    assertThat(at(TASK)).isEqualTo(head);
  }

  @Test
  void theBaseIsFetchedAndMergedIntoABranchOnDemand() {
    String head = work("b.txt", "b");
    branches.bring(TASK, head);
    String newer = push("main", "z.txt", "z");
    branches.fetchBase();
    assertThat(mine.git("rev-parse", "origin/main")).isEqualTo(newer);
    assertThat(mine.git("rev-parse", "main")).as("the person's own").isNotEqualTo(newer);

    Update update = branches.update(TASK, head);

    String joined = ((Update.Updated) update).head();
    assertThat(at(TASK)).isEqualTo(joined);
    assertThat(mine.git("ls-tree", "--name-only", joined)).contains("z.txt");
  }

  @Test
  void aBaseThatContradictsTheBranchIsAConflictWithItsFiles() {
    String head = work("a.txt", "ours\n");
    branches.bring(TASK, head);
    String newer = push("main", "a.txt", "theirs\n");
    branches.fetchBase();

    assertThat(branches.update(TASK, head))
        .isEqualTo(new Update.Conflict(java.util.List.of("a.txt"), newer));
    assertThat(at(TASK)).isEqualTo(head);
  }

  @Test
  void aBranchIsDeletedOnlyWhereItStillStands() {
    String head = work("b.txt", "b");
    branches.bring(TASK, head);
    String pushed = push(TASK, "c.txt", "c");

    branches.delete(TASK, head);
    assertThat(at(TASK)).isEqualTo(pushed);

    branches.delete(TASK, pushed);
    assertThat(mine.git("--git-dir=" + remote(), "branch", "--list", TASK)).isEmpty();
  }

  @Test
  void aPushThatTheRemoteRefusesNamesTheBranchAndTheRemedy() throws IOException {
    Path hook = Path.of(remote(), "hooks", "pre-receive");
    Files.writeString(hook, "#!/bin/sh\necho 'GH006: Protected branch' >&2\nexit 1\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> branches.bring(TASK, work("b.txt", "b")))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Problem.Kind.USER);
              assertThat(failure.text()).contains(TASK, "Protected branch", "rules");
            });
  }

  @Test
  void aRemoteThatIsGoneIsTheEnvironmentsFault() {
    mine.git("remote", "set-url", "origin", directory.resolve("nowhere").toString());
    CleanRoom room = CleanRoom.of(mine.repository(), directory.resolve("other-state"));
    BaseBranch base = BaseBranch.fetched(mine.repository(), "main", "origin", () -> room);
    var gone = new RemoteBranches(mine.repository(), base, room, "origin");

    assertThatThrownBy(gone::fetchBase)
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT));
  }
}
