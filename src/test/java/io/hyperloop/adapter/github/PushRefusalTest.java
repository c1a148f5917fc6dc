package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.testing.TestRepository;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that GitHub refuses, and what people are told. */
class PushRefusalTest {
  @TempDir Path folder;

  @Test
  void aProtectedBranchIsNamedWithTheRule() {
    try (GitHubDouble gitHub = GitHubDouble.start(folder.resolve("widgets.git"))) {
      gitHub.settings().guarded("hyperloop/state");
      Git.in(folder).run("clone", "-q", gitHub.cloneUrl(), "clone");
      TestRepository clone = TestRepository.at(folder.resolve("clone"));
      clone.commit("work");
      String to = gitHub.cloneUrl().replace("://", "://x:" + GitHubDouble.TOKEN + "@");
      Git in = Git.in(clone.top());
      assertThat(in.attempt("push", to, "HEAD:refs/heads/hyperloop/task-001").ok()).isTrue();
      assertThat(gitHub.look().head("hyperloop/task-001"))
          .isEqualTo(clone.git("rev-parse", "HEAD"));
      Git.Result refused = in.attempt("push", to, "HEAD:refs/heads/hyperloop/state");
      assertThat(refused.ok()).isFalse();
      assertThat(PushRefusal.in(refused.err()))
          .hasValueSatisfying(problem -> {
            assertThat(problem.what())
                .isEqualTo(
                    "the branch hyperloop/state is protected: Changes must be made through a"
                        + " pull request.");
            assertThat(problem.remedy()).contains("state_branch");
          });
    }
  }

  @Test
  void whoHasNoTokenDoesNotPush() {
    try (GitHubDouble gitHub = GitHubDouble.start(folder.resolve("widgets.git"))) {
      Git.in(folder).run("clone", "-q", gitHub.cloneUrl(), "clone");
      TestRepository clone = TestRepository.at(folder.resolve("clone"));
      clone.commit("work");
      assertThat(Git.in(clone.top()).attempt("push", "origin", "HEAD:refs/heads/x").ok()).isFalse();
      assertThat(gitHub.look().head("x")).isEmpty();
    }
  }

  @Test
  void aRulesetIsNamedToo() {
    String printed =
        """
        remote: error: GH013: Repository rule violations found for refs/heads/main.
        remote: Review all repository rules at https://github.com/acme/widgets/rules
        remote:
        remote: - Required status check "build" is expected.
        """;
    assertThat(PushRefusal.in(printed).orElseThrow().what())
        .isEqualTo("the branch main is protected: Required status check \"build\" is expected.");
  }

  @Test
  void aWorkflowNeedsItsOwnScope() {
    String printed =
        " ! [remote rejected] x -> x (refusing to allow a Personal Access Token to create or update"
            + " workflow `.github/workflows/ci.yml` without `workflow` scope)";
    assertThat(PushRefusal.in(printed).orElseThrow().text())
        .contains(".github/workflows/ci.yml", "--scopes workflow");
  }

  @Test
  void aSecretIsNotPushed() {
    String printed =
        """
        remote: error: GH013: Repository rule violations found for refs/heads/hyperloop/task-001.
        remote: - GITHUB PUSH PROTECTION
        """;
    assertThat(PushRefusal.in(printed).orElseThrow().text())
        .contains("secret", "refs/heads/hyperloop/task-001");
  }

  @Test
  void anotherFailureIsNone() {
    assertThat(PushRefusal.in("fatal: unable to access")).isEmpty();
    assertThat(PushRefusal.in("! [rejected] main -> main (fetch first)")).isEmpty();
  }
}
