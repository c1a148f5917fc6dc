package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.adapter.agent.claude.ClaudeCodeAccount.Auth;
import io.hyperloop.adapter.agent.claude.ClaudeCodeAccount.Payer;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeCodeAccountTest {
  @TempDir Path home;
  private final Map<String, String> environment = new TreeMap<>();

  @Test
  void aSubscriptionIsPreferredToAKey() throws IOException {
    login();
    environment.put("ANTHROPIC_API_KEY", "sk-secret");

    ClaudeCodeAccount account = of(Auth.AUTO);

    assertThat(account.payer()).isEqualTo(Payer.LOGIN);
    assertThat(account.basis()).isEqualTo(Usage.Basis.EQUIVALENT);
    assertThat(account.strangers()).contains("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN");
    assertThat(account.words(environment))
        .isEqualTo(
            "the Claude subscription that claude is logged in to; ANTHROPIC_API_KEY is set and not"
                + " used");
  }

  @Test
  void aKeyPaysIfItIsAskedTo() throws IOException {
    login();
    environment.put("ANTHROPIC_API_KEY", "sk-secret");
    environment.put("CLAUDE_CODE_OAUTH_TOKEN", "oat-secret");

    ClaudeCodeAccount account = of(Auth.API_KEY);

    assertThat(account.payer()).isEqualTo(Payer.API_KEY);
    assertThat(account.strangers()).contains("CLAUDE_CODE_OAUTH_TOKEN");
    assertThat(account.words(environment)).doesNotContain("secret");
    assertThat(account.toString()).doesNotContain("secret");
  }

  @Test
  void whereSomethingStandsInForTheApiItsKeyPays() throws IOException {
    login();
    environment.put("ANTHROPIC_BASE_URL", "http://gateway");
    environment.put("ANTHROPIC_AUTH_TOKEN", "token");

    ClaudeCodeAccount account = of(Auth.AUTO);

    assertThat(account.payer()).isEqualTo(Payer.AUTH_TOKEN);
    assertThat(account.variables()).contains("ANTHROPIC_AUTH_TOKEN");
    assertThat(account.words(environment)).endsWith(", at http://gateway");
  }

  @Test
  void aKeyAloneIsEnough() {
    environment.put("ANTHROPIC_API_KEY", "sk-secret");

    assertThat(of(Auth.AUTO).payer()).isEqualTo(Payer.API_KEY);
  }

  @Test
  void aTokenOfASubscriptionNeedsNoLogin() {
    environment.put("CLAUDE_CODE_OAUTH_TOKEN", "oat");

    assertThat(of(Auth.SUBSCRIPTION).payer()).isEqualTo(Payer.OAUTH_TOKEN);
  }

  @Test
  void aCloudThatIsSwitchedOnPays() {
    environment.put("CLAUDE_CODE_USE_BEDROCK", "1");
    environment.put("ANTHROPIC_API_KEY", "sk-secret");

    ClaudeCodeAccount account = of(Auth.AUTO);

    assertThat(account.payer()).isEqualTo(Payer.BEDROCK);
    assertThat(account.variables()).contains("AWS_PROFILE");
    assertThat(account.strangers()).contains("ANTHROPIC_API_KEY");
  }

  @Test
  void withoutAnyIsAFailureThatSaysWhatToDo() {
    for (Auth auth : Auth.values()) {
      assertThatThrownBy(() -> of(auth))
          .isInstanceOfSatisfying(
              PortFailure.class,
              failure ->
                  assertThat(failure.problems().getFirst().remedy())
                      .containsAnyOf("log in", "export ANTHROPIC_API_KEY"));
    }
  }

  @Test
  void aKeyIsNoSubscription() {
    environment.put("ANTHROPIC_API_KEY", "sk-secret");

    assertThatThrownBy(() -> of(Auth.SUBSCRIPTION)).hasMessageContaining("not logged in");
  }

  private ClaudeCodeAccount of(Auth auth) {
    environment.put("HOME", home.toString());
    return ClaudeCodeAccount.of(auth, environment);
  }

  private void login() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".claude"));
    Files.writeString(folder.resolve(".credentials.json"), "{\"claudeAiOauth\":{}}");
  }
}
