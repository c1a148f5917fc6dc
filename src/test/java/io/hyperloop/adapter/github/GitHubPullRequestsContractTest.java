package io.hyperloop.adapter.github;

import io.hyperloop.port.PullRequests;
import io.hyperloop.port.PullRequestsContract;
import io.hyperloop.port.PullRequestsWorld;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class GitHubPullRequestsContractTest extends PullRequestsContract {
  @TempDir Path folder;

  private GitHubDouble gitHub;
  private PullRequests pulls;

  @BeforeEach
  void start() {
    gitHub = GitHubDouble.start(folder.resolve("widgets.git"));
    pulls =
        new GitHubPullRequests(
            ApiAddress.of(gitHub.url()),
            GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
            gitHub.repository(),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Override
  protected PullRequests pulls() {
    return pulls;
  }

  @Override
  protected PullRequestsWorld world() {
    return new DoubleWorld(gitHub);
  }
}
