package io.hyperloop.adapter.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Review;
import io.hyperloop.domain.TaskId;
import io.hyperloop.testing.Arbitrary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewFileTest {
  private static final TaskId TASK = new TaskId(27);

  @Test
  void aReviewIsWrittenWithItsFindingsInFull() {
    var review = new Review(TASK, 1, 1, "verifier", "fail", "Tests fail.\n\n- one");
    assertThat(ReviewFile.write("task-027-round-1.md", review))
        .isEqualTo(
            """
            ---
            task_id: task-027
            round: 1
            role: verifier
            verdict: fail
            ---

            Tests fail.

            - one
            """);
  }

  @Test
  void laterReviewsOfARoundAreNamedByRoleAndNumber() {
    var files = new LinkedHashMap<String, String>();
    for (int sequence = 1; sequence <= 5; sequence++) {
      var review = new Review(TASK, 1, sequence, sequence == 4 ? "ci" : "human", "hint", "h");
      String name = ReviewFile.name(review, files::containsKey);
      files.put(name, ReviewFile.write(name, review));
    }
    assertThat(files.keySet())
        .containsExactly(
            "task-027-round-1.md",
            "task-027-round-1-human.md",
            "task-027-round-1-human-2.md",
            "task-027-round-1-ci.md",
            "task-027-round-1-human-3.md");
  }

  @Test
  void whatIsWrittenIsReadBackWhateverTheTextHolds() {
    for (long seed = 0; seed < 1000; seed++) {
      Review review = new Arbitrary(seed).review(TASK);
      Map<String, String> files = new LinkedHashMap<>();
      for (int i = 0; i < 3; i++) {
        String name = ReviewFile.name(review, files::containsKey);
        files.put(name, ReviewFile.write(name, review));
      }
      files.forEach(
          (name, text) -> assertThat(ReviewFile.read("reviews/" + name, text)).isEqualTo(review));
    }
  }

  @Test
  void aReviewInAnotherTasksFileIsAnError() {
    String text = ReviewFile.write("x", new Review(TASK, 1, 1, "verifier", "fail", "no"));
    assertThatThrownBy(() -> ReviewFile.read("reviews/task-028-round-1.md", text))
        .hasMessageContaining("reviews/task-028-round-1.md:2")
        .hasMessageContaining("task-027-round-1");
  }
}
