package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorruptStateTest extends StateStoreFixture {
  private PortFailure refusal() {
    var failures = new ArrayList<PortFailure>();
    assertThatThrownBy(() -> store().load())
        .isInstanceOf(PortFailure.class)
        .satisfies(e -> failures.add((PortFailure) e));
    assertThat(failures.getFirst().kind()).isEqualTo(Problem.Kind.USER);
    return failures.getFirst();
  }

  @Test
  void everyBrokenFileIsNamedAtOnceAndNothingIsOverwritten() {
    saved(store(), tasks(3), "Plan");
    repository.write(TASK, repository.read(TASK).replace("not-started", "done"));
    repository.write(TASK.replace("001", "002"), "---\n---\n");
    repository.commit("break");
    PortFailure failure = refusal();
    assertThat(failure.problems()).hasSize(2);
    assertThat(failure)
        .hasMessageContaining("status: must be one of")
        .hasMessageContaining(TASK + ":5")
        .hasMessageContaining("task-002.md:2")
        .hasMessageContaining("id: is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "format, '2', format 2",
    "format, 'one', must be a number",
    "intake.yaml, 'next_task: 2', next_task: must be more than 3",
    "intake.yaml, 'next_task: [', not valid YAML",
    "tasks/task-4.md, x, must begin with a line of three dashes",
    "reviews/task-001-round-x.md, x, must begin with a line of three dashes",
  })
  void aFileThatCannotBeUnderstoodIsRefused(String file, String text, String what) {
    saved(store(), tasks(3), "Plan");
    repository.write(".hyperloop/state/" + file, text + "\n").commit("break");
    assertThat(refusal()).hasMessageContaining(what).hasMessageContaining(file);
  }

  @Test
  void aTaskFileThatIsALinkOrTooLargeOrNotTextIsRefused() throws Exception {
    saved(store(), tasks(3), "Plan");
    Files.delete(repository.path(TASK));
    Files.createSymbolicLink(repository.path(TASK), Path.of("../intake.yaml"));
    repository.write(TASK.replace("001", "002"), "x".repeat(5 << 20));
    Files.write(repository.path(TASK.replace("001", "003")), new byte[] {(byte) 0xff});
    repository.commit("break");
    assertThat(refusal())
        .hasMessageContaining("must be a plain file")
        .hasMessageContaining("larger than 4 MiB")
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void tasksWithoutAnIntakeFileAreRefused() {
    saved(store(), tasks(1), "Plan");
    repository.git("rm", "-q", ".hyperloop/state/intake.yaml");
    repository.commit("break");
    assertThat(refusal()).hasMessageContaining("intake.yaml");
  }
}
