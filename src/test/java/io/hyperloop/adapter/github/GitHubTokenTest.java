package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubTokenTest {
  private static final ApiAddress PUBLIC = ApiAddress.of("https://api.github.com");
  private static final ApiAddress SERVER = ApiAddress.of("https://git.corp.example/api/v3");

  @TempDir Path folder;

  private static GitHubToken find(ApiAddress address, Map<String, String> environment) {
    return GitHubToken.find(environment, address, host -> Optional.of("of-gh-for-" + host + "\n"));
  }

  @Test
  void theFirstThatIsSetIsTaken() {
    assertThat(find(PUBLIC, Map.of("GH_TOKEN", "a", "GITHUB_TOKEN", "b")).secret()).isEqualTo("a");
    assertThat(find(PUBLIC, Map.of("GH_TOKEN", " ", "GITHUB_TOKEN", "b")).secret()).isEqualTo("b");
    assertThat(find(PUBLIC, Map.of()).secret()).isEqualTo("of-gh-for-github.com");
  }

  @Test
  void aServerOfOnesOwnHasItsOwnToken() {
    var both = Map.of("GH_TOKEN", "a", "GH_ENTERPRISE_TOKEN", "b");
    assertThat(find(SERVER, both).secret()).isEqualTo("b");
    assertThat(find(PUBLIC, both).secret()).isEqualTo("a");
    assertThat(find(SERVER, Map.of()).secret()).isEqualTo("of-gh-for-git.corp.example");
  }

  @Test
  void noneIsAProblemThatSaysHowToGetOne() {
    assertThatThrownBy(() -> GitHubToken.find(Map.of(), PUBLIC, host -> Optional.empty()))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
              assertThat(failure.text()).contains("GH_TOKEN", "gh auth login");
            });
  }

  @Test
  void whatIsNoneIsNotShown() {
    assertThatThrownBy(() -> GitHubToken.of("ghp_secret\nX-Evil: 1", "GH_TOKEN"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("GH_TOKEN")
        .hasMessageNotContaining("ghp_secret");
  }

  @Test
  void itDoesNotShowItself() {
    assertThat(GitHubToken.of("ghp_secret", "GH_TOKEN").toString()).doesNotContain("ghp_secret");
  }

  @Test
  void ghIsAskedForTheHost() throws IOException {
    assertThat(new GhProgram(script("echo \"$@\"")).apply("github.com"))
        .hasValueSatisfying(
            said -> assertThat(said).isEqualTo("auth token --hostname github.com\n"));
  }

  @Test
  void aGhThatKnowsNoneIsNone() throws IOException {
    assertThat(new GhProgram(script("echo nothing; exit 1")).apply("github.com")).isEmpty();
    assertThat(new GhProgram(folder.resolve("nowhere")).apply("github.com")).isEmpty();
  }

  private Path script(String line) throws IOException {
    Path script = folder.resolve("gh");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
