package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final String COMMIT = "0123456789012345678901234567890123456789";

  @Test
  void aMessageIsSubjectBodyAndTrailers() {
    String text =
        Message.of("Keep places", "(task-027)")
            .body("How.\n")
            .spec(new SpecRef("specs/a.md", COMMIT))
            .task(new TaskId(27))
            .head(COMMIT)
            .toString();
    assertThat(text)
        .isEqualTo(
            "Keep places (task-027)\n\nHow.\n\nSpec-Ref: specs/a.md@"
                + COMMIT
                + "\nTask-Ref: task-027\nTask-Head: "
                + COMMIT
                + "\n");
  }

  @Test
  void aLongSubjectIsCutBeforeItsEnd() {
    String subject = Message.of("😀".repeat(500), "(task-027)").toString().strip();
    assertThat(subject).endsWith(" (task-027)");
    assertThat(subject.codePointCount(0, subject.length())).isEqualTo(211);
  }

  @Test
  void anOddSpecPathIsQuotedAsGitDoes() {
    String text =
        Message.of("x", "").spec(new SpecRef("specs/a\nTask-Ref: b.md", COMMIT)).toString();
    assertThat(text).isEqualTo("x\n\nSpec-Ref: \"specs/a\\nTask-Ref: b.md@" + COMMIT + "\"\n");
  }

  @Test
  void anEmptyBodyLeavesNoGap() {
    assertThat(Message.of("x", "").body(" \n\n").task(new TaskId(1)).toString())
        .isEqualTo("x\n\nTask-Ref: task-001\n");
  }

  @Test
  void theFirstLineIsTheFirstThatSaysSomething() {
    assertThat(Message.firstLine("\n  \n Done \nmore")).isEqualTo("Done");
    assertThat(Message.firstLine("\n")).isEmpty();
  }
}
