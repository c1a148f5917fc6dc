package io.hyperloop.adapter.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.TaskId;
import io.hyperloop.testing.Arbitrary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IntakeFileTest {
  private static final String BLOB = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void anAnsweredSpecIsOneLine() {
    var handled = new Handled(BLOB, BLOB, Handled.Outcome.SATISFIED, "it is: there");
    var intake =
        new Intake(
            5,
            2,
            new TreeMap<>(Map.of("specs/auth.md", handled)),
            List.of(new TaskId(3)),
            new TreeMap<>(),
            new TreeMap<>(Map.of("specs/b c.md", List.of("yes", "no, \"really\""))),
            null,
            0,
            null,
            null);
    assertThat(IntakeFile.write(intake))
        .isEqualTo(
            """
            next_task: 5
            generation: 2
            handled:
              specs/auth.md: {blob: %s, commit: %s, outcome: satisfied, note: "it is: there"}
            failures: [task-003]
            answers:
              specs/b c.md: ["yes", "no, \\"really\\""]
            """
                .formatted(BLOB, BLOB));
  }

  @Test
  void whatIsWrittenIsReadBackWhateverTheTextHolds() {
    for (long seed = 0; seed < 300; seed++) {
      Intake intake = new Arbitrary(seed).intake();
      assertThat(IntakeFile.read("intake.yaml", IntakeFile.write(intake)))
          .as("seed " + seed)
          .isEqualTo(intake);
    }
  }

  @Test
  void rewritingKeepsWhatIsNotOurs() {
    String text = "# by hand\nnext_task: 4 # soon 5\nowner:\n  jane\nhandled: {}\n\n# end\n";
    for (long seed = 0; seed < 200; seed++) {
      Intake next = new Arbitrary(seed).intake();
      String rewritten = IntakeFile.rewrite("intake.yaml", text, next);
      assertThat(IntakeFile.read("intake.yaml", rewritten)).as("seed " + seed).isEqualTo(next);
      assertThat(rewritten)
          .startsWith("# by hand\nnext_task: ")
          .contains(" # soon 5\n")
          .contains("owner:\n  jane\n")
          .endsWith("\n# end\n");
    }
  }

  @Test
  void aPathOfThousandsOfCharactersIsReadBack() {
    var handled = new Handled(BLOB, BLOB, Handled.Outcome.TASKS, "");
    String path = "specs/" + "long/".repeat(500) + "a.md";
    Intake intake = IntakeFile.read("intake.yaml", "next_task: 1\n");
    var next =
        new Intake(
            1,
            0,
            new TreeMap<>(Map.of(path, handled)),
            List.of(),
            intake.replans(),
            intake.answers(),
            null,
            0,
            null,
            null);
    assertThat(IntakeFile.read("intake.yaml", IntakeFile.write(next))).isEqualTo(next);
  }

  @Test
  void anUnknownOutcomeIsAnErrorThatNamesTheKey() {
    String text =
        "next_task: 1\nhandled:\n  specs/a.md: {blob: %1$s, commit: %1$s, outcome: maybe}\n"
            .formatted(BLOB);
    assertThatThrownBy(() -> IntakeFile.read(".hyperloop/state/intake.yaml", text))
        .hasMessageContaining("handled.specs/a.md.outcome: unknown outcome `maybe`")
        .hasMessageContaining(".hyperloop/state/intake.yaml:3");
  }

  @Test
  void aMissingNextTaskIsAnError() {
    assertThatThrownBy(() -> IntakeFile.read("intake.yaml", "generation: 1\n"))
        .hasMessageContaining("next_task: is missing");
  }

  @Test
  void aShortCommitIsRefusedByFileLineAndKey() {
    String text = "next_task: 1\nhandled:\n  a.md: {blob: %s, commit: abc, outcome: satisfied}\n";
    assertThatThrownBy(() -> IntakeFile.read("intake.yaml", text.formatted(BLOB)))
        .hasMessageContaining("intake.yaml:3")
        .hasMessageContaining("handled.a.md.commit")
        .hasMessageContaining("40 hexadecimal digits");
  }

  @Test
  void aCharacterOfTwoHalvesMayStandAnywhereInALongFile() {
    for (int length = 990; length < 1100; length++) {
      String note = "x".repeat(length) + "\ud83d\ude00 " + "y".repeat(3000);
      var handled = new Handled(BLOB, BLOB, Handled.Outcome.QUESTION, note);
      var intake =
          new Intake(
              1,
              0,
              new TreeMap<>(Map.of("specs/a.md", handled)),
              List.of(),
              new TreeMap<>(),
              new TreeMap<>(),
              null,
              0,
              null,
              null);
      assertThat(IntakeFile.read("intake.yaml", IntakeFile.write(intake))).isEqualTo(intake);
    }
  }
}
