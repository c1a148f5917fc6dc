package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.client.AnthropicClient;
import io.hyperloop.adapter.agent.Harness;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The embedded agent: needs nothing but a key. All its runs share one client; credentials stay in
 * this process and are not passed on to what the model runs.
 */
public final class AnthropicHarness implements Harness {
  private final AnthropicAccount account;
  private final Map<String, String> environment;
  private final AnthropicSettings settings;
  private @Nullable AnthropicClient client;

  /**
   * With the account that the environment names.
   *
   * @throws io.hyperloop.port.PortFailure of kind ENVIRONMENT if it names none
   */
  public AnthropicHarness(Map<String, String> environment, AnthropicSettings settings) {
    this.account = AnthropicAccount.of(environment);
    this.environment = Map.copyOf(environment);
    this.settings = settings;
  }

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public Set<String> credentials() {
    return Set.of();
  }

  @Override
  public Session start(Assignment assignment) {
    return new AnthropicSession(
        new Model(client(), settings, settings.model().orElseGet(this::defaultModel)),
        assignment,
        settings);
  }

  private String defaultModel() {
    return account.model(AnthropicSettings.DEFAULT_MODEL);
  }

  private synchronized AnthropicClient client() {
    AnthropicClient known = client;
    if (known == null) {
      known = AnthropicClients.of(account, environment, settings.retries());
      client = known;
    }
    return known;
  }
}
