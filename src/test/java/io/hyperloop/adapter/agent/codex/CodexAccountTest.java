package io.hyperloop.adapter.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.adapter.agent.codex.CodexAccount.Auth;
import io.hyperloop.adapter.agent.codex.CodexAccount.Payer;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.CodexModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodexAccountTest {
  @TempDir Path home;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void begin() {
    environment.put("HOME", home.toString());
  }

  @Test
  void aSubscriptionIsPreferredToAKey() {
    login();
    environment.put("OPENAI_API_KEY", "sk-secret");

    CodexAccount account = of(Auth.AUTO);

    assertThat(account.payer()).isEqualTo(Payer.CHATGPT);
    assertThat(account.basis()).isEqualTo(Usage.Basis.EQUIVALENT);
    assertThat(account.secret()).isEmpty();
    assertThat(account.strangers()).contains("OPENAI_API_KEY", "CODEX_API_KEY");
    assertThat(account.words(environment))
        .isEqualTo(
            "the ChatGPT subscription that codex is logged in to; OPENAI_API_KEY is set and not"
                + " used");
  }

  @Test
  void aKeyPaysIfItIsAskedTo() {
    login();
    environment.put("OPENAI_API_KEY", "sk-secret");

    CodexAccount account = of(Auth.API_KEY);

    assertThat(account.payer()).isEqualTo(Payer.VARIABLE);
    assertThat(account.secret()).contains("sk-secret");
    assertThat(account.secretVariable()).isEqualTo("CODEX_API_KEY");
    assertThat(account.secretVariables()).contains("CODEX_API_KEY", "OPENAI_API_KEY");
    assertThat(account.words(environment)).isEqualTo("the OpenAI API key in OPENAI_API_KEY");
    assertThat(account.toString()).doesNotContain("secret");
  }

  @Test
  void aKeyThatCodexIsLoggedInWithPays() {
    Path ignored = CodexModel.write(home, "auth.json", "{\"OPENAI_API_KEY\": \"sk-secret\"}");

    assertThat(of(Auth.AUTO).payer()).isEqualTo(Payer.LOGIN_KEY);
    assertThat(of(Auth.AUTO).basis()).isEqualTo(Usage.Basis.PAID);
    assertThatThrownBy(() -> of(Auth.SUBSCRIPTION))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("not logged in with ChatGPT");
  }

  @Test
  void theProviderOfItsOwnSettingsIsPaidWithTheKeyThatTheyName() {
    login();
    Path ignored =
        CodexModel.write(
            home,
            "config.toml",
            """
            # model_provider = "openai"
            model_provider = 'azure' # ours

            [model_providers.other]
            env_key = "OTHER_KEY"

            [model_providers.azure]
            env_key = "AZURE_OPENAI_API_KEY"
            """);
    environment.put("AZURE_OPENAI_API_KEY", "sk-secret");

    CodexAccount account = of(Auth.AUTO);

    assertThat(account.payer()).isEqualTo(Payer.PROVIDER);
    assertThat(account.secretVariables()).contains("AZURE_OPENAI_API_KEY");
    assertThat(account.words(environment))
        .isEqualTo(
            "the key in AZURE_OPENAI_API_KEY, for the provider of codex's own settings, at azure");
    assertThat(of(Auth.SUBSCRIPTION).payer()).isEqualTo(Payer.CHATGPT);
  }

  @Test
  void aProviderWhoseKeyIsNotSetIsTold() {
    Path ignored = CodexModel.provider(home, "http://127.0.0.1:1", 0);

    assertThatThrownBy(() -> of(Auth.AUTO))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("SCRIPTED_KEY, which is not set");
  }

  @Test
  void withoutAnythingThatPaysAPersonIsToldWhatToDo() {
    for (Auth auth : Auth.values()) {
      assertThatThrownBy(() -> of(auth)).isInstanceOf(PortFailure.class);
    }
  }

  @Test
  void brokenFilesAreNoLogin() {
    Path auth = CodexModel.write(home, "auth.json", "{\"tokens\": ");
    Path settings = CodexModel.write(home, "config.toml", "model_provider = \"\"\"");

    assertThat(auth).isNotEqualTo(settings);
    assertThatThrownBy(() -> of(Auth.AUTO)).isInstanceOf(PortFailure.class);
  }

  private void login() {
    Path ignored =
        CodexModel.write(
            home, "auth.json", "{\"auth_mode\": \"chatgpt\", \"tokens\": {\"id_token\": \"x\"}}");
  }

  private CodexAccount of(Auth auth) {
    return CodexAccount.of(auth, environment);
  }
}
