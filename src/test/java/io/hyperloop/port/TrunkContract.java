package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What every trunk does. */
public abstract class TrunkContract {
  protected static final String SPEC_COMMIT = "0123456789012345678901234567890123456789";

  protected abstract Trunk trunk();

  /** Commits a file to a task's branch, which begins at the base tip; gives its head. */
  protected abstract String work(TaskId task, String file, String text);

  /** Commits a file to the base branch. */
  protected abstract void baseWrites(String file, String text);

  /** A file's text at the base tip, empty if it is not there. */
  protected abstract String base(String file);

  protected abstract String tip();

  protected abstract boolean hasBranch(TaskId task);

  protected abstract void deleteBranch(TaskId task);

  protected static TaskId task(int number) {
    return new TaskId(number);
  }

  protected static String branch(TaskId task) {
    return "hyperloop/" + task;
  }

  protected static Trunk.MergeOrder order(TaskId task, String head) {
    return order(task, head, "Do it", "It is done.");
  }

  protected static Trunk.MergeOrder order(TaskId task, String head, String title, String summary) {
    var spec = new SpecRef("specs/a.md", SPEC_COMMIT);
    return new Trunk.MergeOrder(
        task, title, spec, branch(task), head, null, Action.Via.DIRECT, true, summary);
  }

  protected MergeEnd.Merged merged(MergeEnd end) {
    assertThat(end).isInstanceOf(MergeEnd.Merged.class);
    return (MergeEnd.Merged) end;
  }

  @Test
  void aMergeBringsTheWorkToTheBase() {
    String head = work(task(1), "new.txt", "new");
    assertThat(merged(trunk().merge(order(task(1), head))))
        .isEqualTo(new MergeEnd.Merged(tip(), head));
    assertThat(base("new.txt")).isEqualTo("new");
  }

  @Test
  void eachHeadIsMergedAtMostOnce() {
    String head = work(task(1), "new.txt", "new");
    MergeEnd once = trunk().merge(order(task(1), head));
    baseWrites("new.txt", "changed since");
    String tip = tip();
    assertThat(trunk().merge(order(task(1), head))).isEqualTo(once);
    assertThat(tip()).isEqualTo(tip);
  }

  @Test
  void workOnAMovedBaseKeepsBoth() {
    String head = work(task(1), "new.txt", "new");
    baseWrites("other.txt", "other");
    var unused = merged(trunk().merge(order(task(1), head)));
    assertThat(base("new.txt")).isEqualTo("new");
    assertThat(base("other.txt")).isEqualTo("other");
  }

  @Test
  void aContradictionIsAConflictNamingFilesAndBase() {
    String head = work(task(1), "new.txt", "one way");
    baseWrites("new.txt", "another way");
    assertThat(trunk().merge(order(task(1), head)))
        .isEqualTo(new MergeEnd.Conflict(List.of("new.txt"), tip()));
    assertThat(base("new.txt")).isEqualTo("another way");
  }

  @Test
  void aBranchThatMovedAwayIsNotMerged() {
    String head = work(task(1), "new.txt", "verified");
    String later = work(task(1), "new.txt", "not verified");
    assertThat(trunk().merge(order(task(1), head)))
        .asInstanceOf(InstanceOfAssertFactories.type(MergeEnd.Failed.class))
        .satisfies(failed -> assertThat(failed.detail()).contains(head, later));
    assertThat(base("new.txt")).isEmpty();
  }

  @Test
  void aDeletedBranchIsRefused() {
    String head = work(task(1), "new.txt", "new");
    deleteBranch(task(1));
    assertThat(trunk().merge(order(task(1), head))).isInstanceOf(MergeEnd.Refused.class);
  }

  @Test
  void aBranchDeletedAfterItsMergeIsStillMerged() {
    String head = work(task(1), "new.txt", "new");
    MergeEnd once = trunk().merge(order(task(1), head));
    deleteBranch(task(1));
    assertThat(trunk().merge(order(task(1), head))).isEqualTo(once);
  }

  @Test
  void whatTheBaseAlreadyHasNeedsNoCommit() {
    String head = work(task(1), "new.txt", "new");
    baseWrites("new.txt", "new");
    String tip = tip();
    assertThat(trunk().merge(order(task(1), head))).isEqualTo(new MergeEnd.Merged(tip, head));
    assertThat(tip()).isEqualTo(tip);
  }

  @Test
  void theSameTextOnTheBaseIsNoProof() {
    String head = work(task(1), "new.txt", "new");
    baseWrites("new.txt", "new");
    assertThat(trunk().contains(task(1), head)).isFalse();
  }

  @Test
  void onlyAMergedHeadIsContained() {
    String head = work(task(1), "new.txt", "new");
    assertThat(trunk().contains(task(1), head)).isFalse();
    var unused = merged(trunk().merge(order(task(1), head)));
    assertThat(trunk().contains(task(1), head)).isTrue();
    assertThat(trunk().contains(task(1), work(task(1), "more.txt", "more"))).isFalse();
  }

  @Test
  void tasksMergeOneAfterTheOther() {
    String one = work(task(1), "one.txt", "one");
    String two = work(task(2), "two.txt", "two");
    var unused = merged(trunk().merge(order(task(1), one)));
    unused = merged(trunk().merge(order(task(2), two)));
    assertThat(base("one.txt") + base("two.txt")).isEqualTo("onetwo");
  }

  @Test
  void onlyBranchesWhoseHeadsAreOnTheBaseAreCleanedUp() {
    String done = work(task(1), "one.txt", "one");
    String open = work(task(2), "two.txt", "two");
    String early = work(task(3), "three.txt", "three");
    var unused = merged(trunk().merge(order(task(1), done)));
    unused = merged(trunk().merge(order(task(3), early)));
    var later = work(task(3), "three.txt", "more");
    trunk().cleanUp(List.of(order(task(1), done), order(task(2), open), order(task(3), early)));
    assertThat(hasBranch(task(1))).isFalse();
    assertThat(hasBranch(task(2))).isTrue();
    assertThat(hasBranch(task(3))).as("its new head " + later + " is nowhere else").isTrue();
  }
}
