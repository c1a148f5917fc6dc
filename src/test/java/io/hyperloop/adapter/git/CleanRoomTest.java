package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanRoomTest {
  @TempDir Path temp;

  @Test
  void workersGetAnIdentityWhereGitHasNone() {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.git("config", "user.name", "");
    repository.git("config", "user.email", "");
    CleanRoom room = CleanRoom.of(repository.repository(), temp.resolve("state"));
    assertThat(room.identityFor(Map.of()))
        .containsEntry("GIT_AUTHOR_NAME", "hyperloop")
        .containsEntry("GIT_COMMITTER_EMAIL", "hyperloop@localhost");
  }

  @Test
  void workersAreLeftToGitWhereItHasOne() {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.git("config", "user.name", "Ada");
    repository.git("config", "user.email", "ada@example.com");
    CleanRoom room = CleanRoom.of(repository.repository(), temp.resolve("state"));
    assertThat(room.identityFor(Map.of())).isEmpty();
  }

  @Test
  void workersGetTheIdentityOfAConfigurationThatTheyDoNotSee() {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.git("config", "user.name", "Ada");
    repository.git("config", "user.email", "ada@example.com");
    CleanRoom room = CleanRoom.of(repository.repository(), temp.resolve("state"));

    assertThat(room.identityFor(Map.of("GIT_CONFIG_GLOBAL", "/elsewhere")))
        .containsEntry("GIT_AUTHOR_NAME", "Ada");
  }
}
