package io.hyperloop.adapter.agent.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicAccountTest {
  @Test
  void aKeyPaysAndIsNotShown() {
    assertThat(AnthropicAccount.payer(Map.of("ANTHROPIC_API_KEY", "sk-secret")))
        .isEqualTo("the Anthropic API key in ANTHROPIC_API_KEY");
    assertThat(AnthropicAccount.of(Map.of("ANTHROPIC_API_KEY", "sk-secret")).toString())
        .doesNotContain("sk-secret");
  }

  @Test
  void anotherEndpointIsNamed() {
    assertThat(
            AnthropicAccount.payer(
                Map.of("ANTHROPIC_AUTH_TOKEN", "t", "ANTHROPIC_BASE_URL", "http://gateway:8080")))
        .isEqualTo("the Anthropic token in ANTHROPIC_AUTH_TOKEN, at http://gateway:8080");
  }

  @Test
  void aCloudIsChosenBeforeAKeyThatIsLeftInTheEnvironment() {
    assertThat(
            AnthropicAccount.payer(
                Map.of(
                    "ANTHROPIC_API_KEY", "sk-secret",
                    "CLAUDE_CODE_USE_VERTEX", "1",
                    "ANTHROPIC_VERTEX_PROJECT_ID", "project-1",
                    "CLOUD_ML_REGION", "europe-west1")))
        .startsWith("Vertex AI, project project-1 in europe-west1");
    assertThat(
            AnthropicAccount.payer(
                Map.of("CLAUDE_CODE_USE_BEDROCK", "1", "AWS_REGION", "eu-central-1")))
        .startsWith("Amazon Bedrock in eu-central-1");
  }

  @Test
  void anEndpointThatWouldNotBeUsedIsRefused() {
    var environment =
        Map.of(
            "CLAUDE_CODE_USE_BEDROCK", "1",
            "AWS_REGION", "eu-central-1",
            "ANTHROPIC_BEDROCK_BASE_URL", "http://gateway:8080");
    assertThatThrownBy(() -> AnthropicAccount.of(environment))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("ANTHROPIC_BEDROCK_BASE_URL is set")
        .hasMessageContaining("unset it");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> AnthropicAccount.of(Map.of("ANTHROPIC_API_KEY", " ")))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
              assertThat(failure)
                  .hasMessageContaining("ANTHROPIC_API_KEY")
                  .hasMessageContaining("CLAUDE_CODE_USE_VERTEX")
                  .hasMessageContaining("CLAUDE_CODE_USE_BEDROCK");
            });
    assertThatThrownBy(() -> AnthropicAccount.of(Map.of("CLAUDE_CODE_USE_VERTEX", "1")))
        .hasMessageContaining("ANTHROPIC_VERTEX_PROJECT_ID is not set");
  }

  @Test
  void aProxyIsUsedAsTheEnvironmentSays() {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", "internal.example,.corp");

    assertThat(AnthropicClients.proxy("https://api.anthropic.com", environment))
        .hasValueSatisfying(proxy ->
            assertThat(((InetSocketAddress) proxy.address()).getHostString())
                .isEqualTo("proxy.example"));
    assertThat(AnthropicClients.proxy("https://models.corp", environment)).isEmpty();
    assertThat(AnthropicClients.proxy("http://127.0.0.1:99", environment)).isEmpty();
  }
}
