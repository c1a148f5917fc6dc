package io.hyperloop.testing.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The double finds what GitHub would not understand. */
class OpenApiRulesTest {
  private static final String REPOSITORY = "/repos/acme/widgets";

  @TempDir Path folder;
  private GitHubDouble gitHub;

  @BeforeEach
  void start() {
    gitHub = GitHubDouble.start(folder.resolve("widgets.git"));
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  private String faults(String method, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gitHub.url() + path))
              .method(method, BodyPublishers.ofString(body))
              .header("Authorization", "Bearer " + GitHubDouble.TOKEN)
              .header("User-Agent", "a test")
              .build();
      HttpResponse<String> unused = http.send(request, BodyHandlers.ofString());
    }
    return String.join("\n", gitHub.requests().takeFaults());
  }

  private String query(String query) throws IOException, InterruptedException {
    return faults("POST", "/graphql", "{\"query\": \"" + query + "\"}");
  }

  @Test
  void aRightRequestIsNotFaulted() throws IOException, InterruptedException {
    assertThat(faults("POST", REPOSITORY + "/labels", "{\"name\": \"a\"}")).isEmpty();
    assertThat(query("query { viewer { login } }")).isEmpty();
  }

  @Test
  void anUnknownOperationIsFound() throws IOException, InterruptedException {
    assertThat(faults("GET", "/repos/acme/widgets/pull/1", "")).contains("no such operation");
  }

  @Test
  void anUnknownFieldIsFound() throws IOException, InterruptedException {
    assertThat(faults("POST", REPOSITORY + "/labels", "{\"name\": \"a\", \"colour\": \"fff\"}"))
        .contains("has no field colour");
  }

  @Test
  void aWrongTypeIsFound() throws IOException, InterruptedException {
    String pull = "{\"title\": \"t\", \"head\": \"b\", \"base\": \"main\", \"draft\": \"yes\"}";
    assertThat(faults("POST", REPOSITORY + "/pulls", pull)).contains("draft");
  }

  @Test
  void aMissingFieldIsFound() throws IOException, InterruptedException {
    assertThat(faults("POST", REPOSITORY + "/pulls", "{\"title\": \"t\"}")).contains("head");
  }

  @Test
  void anUnknownParameterIsFound() throws IOException, InterruptedException {
    assertThat(faults("GET", REPOSITORY + "/pulls?stat=open", "")).contains("stat");
    assertThat(faults("GET", REPOSITORY + "/pulls?state=opened", "")).contains("opened");
  }

  @Test
  void anUnknownMergeMethodIsFound() throws IOException, InterruptedException {
    assertThat(faults("PUT", REPOSITORY + "/pulls/1/merge", "{\"merge_method\": \"squashed\"}"))
        .contains("merge_method");
  }

  @Test
  void aQueryOfAFieldThatGitHubLacksIsFound() throws IOException, InterruptedException {
    assertThat(query("query { viewer { loggin } }")).contains("loggin");
  }

  @Test
  void aMutationWithAWrongInputIsFound() throws IOException, InterruptedException {
    assertThat(
            query(
                "mutation { markPullRequestReadyForReview(input: {number: 1}) { clientMutationId }"
                    + " }"))
        .contains("number");
  }

  @Test
  void aFaultFailsTheTestThatMadeIt() throws IOException, InterruptedException {
    GitHubDouble other = GitHubDouble.start(folder.resolve("other.git"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(other.url() + "/nowhere"))
              .header("Authorization", "Bearer " + GitHubDouble.TOKEN)
              .build();
      HttpResponse<String> unused = http.send(request, BodyHandlers.ofString());
    }
    assertThatThrownBy(other::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/nowhere");
  }
}
