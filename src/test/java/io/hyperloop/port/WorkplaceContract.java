package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every place for local agents does. */
public abstract class WorkplaceContract {
  protected static final TaskId TASK = new TaskId(1);

  protected abstract Workplace workplace();

  /** The tip of the base branch, where a file {@code README.md} is committed. */
  protected abstract String baseTip();

  /** Commits a file to the base branch; gives the new tip. */
  protected abstract String baseMoves();

  protected WorkOrder order(String phase, int round, boolean writes, @Nullable String discardHead) {
    var work =
        new WorkOrder.Work(
            TASK,
            "Do it",
            round,
            new SpecRef("specs/a.md", "0123456789012345678901234567890123456789"),
            "hyperloop/task-001",
            discardHead);
    return new WorkOrder(
        new JobKey.TaskStep(TASK, phase, round, 0), phase, "prompt", writes, baseTip(), work);
  }

  protected WorkOrder writer(int round) {
    return order("implementer", round, true, null);
  }

  protected WorkOrder reader(int round) {
    return order("verifier", round, false, null);
  }

  protected WorkOrder planner() {
    return new WorkOrder(new JobKey.Planning(1), "pm", "prompt", false, baseTip(), null);
  }

  protected static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepares, writes a file, takes over. */
  protected Delivery work(WorkOrder order, String file, String text) {
    write(workplace().prepare(order).resolve(file), text);
    return workplace().takeOver(order, "did it");
  }

  protected static Delivery.Taken taken(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Delivery.Taken.class);
    return (Delivery.Taken) delivery;
  }

  @Test
  void aRunStandsInTheFilesOfTheBase() {
    assertThat(workplace().prepare(writer(0)).resolve("README.md")).exists();
    assertThat(workplace().prepare(planner()).resolve("README.md")).exists();
  }

  @Test
  void whatAWriterLeftIsTaken() {
    assertThat(taken(work(writer(0), "new.txt", "new")).changed()).isTrue();
  }

  @Test
  void theNextRunOfTheTaskSeesIt() {
    var unused = taken(work(writer(0), "new.txt", "new"));
    assertThat(workplace().prepare(reader(0)).resolve("new.txt")).hasContent("new");
    assertThat(workplace().prepare(writer(1)).resolve("new.txt")).hasContent("new");
  }

  @Test
  void takingOverTwiceEqualsOnce() {
    Delivery.Taken once = taken(work(writer(0), "new.txt", "new"));
    assertThat(workplace().takeOver(writer(0), "did it")).isEqualTo(once);
  }

  @Test
  void aWriterThatDidNothingChangedNothing() {
    var unused = workplace().prepare(writer(0));
    assertThat(taken(workplace().takeOver(writer(0), "")).changed()).isFalse();
  }

  @Test
  void whatAReaderChangedIsDropped() {
    assertThat(work(reader(0), "new.txt", "new")).isEqualTo(new Delivery.ReadOnly());
    assertThat(workplace().prepare(writer(1)).resolve("new.txt")).doesNotExist();
  }

  @Test
  void whatThePlannerChangedIsDropped() {
    assertThat(work(planner(), "new.txt", "new")).isEqualTo(new Delivery.ReadOnly());
  }

  @Test
  void preparingAgainStartsFromScratch() {
    write(workplace().prepare(writer(0)).resolve("new.txt"), "leftover");
    assertThat(workplace().prepare(writer(0)).resolve("new.txt")).doesNotExist();
  }

  @Test
  void removingTwiceEqualsOnce() {
    Path folder = workplace().prepare(writer(0));
    workplace().remove(writer(0));
    workplace().remove(writer(0));
    assertThat(folder).doesNotExist();
  }

  @Test
  void removingAWorkTreeKeepsTheWork() {
    var unused = taken(work(writer(0), "new.txt", "new"));
    workplace().remove(writer(0));
    assertThat(workplace().prepare(reader(0)).resolve("new.txt")).hasContent("new");
  }

  @Test
  void aBranchBeginsAgainWhereItsHeadIsToBeDiscarded() {
    String merged = taken(work(writer(0), "new.txt", "new")).head();
    String tip = baseMoves();
    WorkOrder again = order("implementer", 1, true, merged);
    assertThat(workplace().prepare(again).resolve("new.txt")).doesNotExist();
    assertThat(taken(workplace().takeOver(again, "")))
        .isEqualTo(new Delivery.Taken(tip, false, false));
  }

  @Test
  void workThatLeavesTheContentAsItWasIsNotAnewHoweverOftenItIsTaken() {
    assertThat(taken(work(writer(0), "new.txt", "new")).anew()).isTrue();
    WorkOrder same = writer(1);
    var unused = workplace().prepare(same);

    Delivery.Taken first = taken(workplace().takeOver(same, ""));

    assertThat(first.changed()).as("against the fork").isTrue();
    assertThat(first.anew()).isFalse();
    assertThat(taken(workplace().takeOver(same, ""))).isEqualTo(first);
    assertThat(taken(work(writer(2), "new.txt", "newer")).anew()).isTrue();
  }

  @Test
  void aBranchThatMovedOnIsNotDiscarded() {
    String old = taken(work(writer(0), "new.txt", "new")).head();
    var unused = taken(work(writer(1), "more.txt", "more"));
    Path folder = workplace().prepare(order("implementer", 2, true, old));
    assertThat(folder.resolve("more.txt")).hasContent("more");
  }

  @Test
  void runsHaveFoldersOfTheirOwn() {
    Path one = workplace().prepare(writer(0));
    Path other = workplace().prepare(reader(0));
    write(one.resolve("new.txt"), "new");
    assertThat(other).isNotEqualTo(one);
    assertThat(other.resolve("new.txt")).doesNotExist();
    assertThat(workplace().takeOver(writer(0), ""))
        .asInstanceOf(InstanceOfAssertFactories.type(Delivery.Taken.class))
        .matches(Delivery.Taken::changed);
  }
}
