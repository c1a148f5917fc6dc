package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {
  @TempDir Path temp;

  @Test
  void aFailureCarriesGitsOwnMessage() {
    Git git = Git.in(TestRepository.create(temp).top());
    assertThatThrownBy(() -> git.run("rev-parse", "--verify", "nowhere"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("fatal: Needed a single revision")
        .hasMessageContaining("git rev-parse --verify nowhere");
  }

  @Test
  void aCallThatTakesTooLongIsEnded() {
    Git git = Git.in(TestRepository.create(temp).top()).within(Duration.ofMillis(300));
    assertThatThrownBy(() -> git.run("-c", "alias.hang=!sleep 600", "hang"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("did not end within");
  }

  @Test
  void aCallThatIsEndedLeavesNoLockFile() {
    TestRepository repository = TestRepository.create(temp).write("README.md", "changed\n");
    Git git = Git.in(repository.top()).within(Duration.ofSeconds(1));
    assertThatThrownBy(() -> git.run("-c", "core.editor=sleep 600 #", "commit", "-a"))
        .hasMessageContaining("did not end within");
    assertThat(repository.path(".git/index.lock")).doesNotExist();
  }

  @Test
  void whatAHookInheritsDoesNotLeadElsewhere() {
    var environment = new HashMap<>(Map.of("GIT_DIR", "/other", "GIT_INDEX_FILE", "x", "A", "b"));
    Git.forgetRepository(environment);
    assertThat(environment).isEqualTo(Map.of("A", "b"));
  }
}
