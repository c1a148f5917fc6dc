package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Usage;
import io.hyperloop.domain.Usage.Basis;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UsageTallyTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final UsageTally tally = new UsageTally(Basis.EQUIVALENT);

  @Test
  void aMessageCountsOnceHoweverManyLinesTellOfIt() {
    message("a", 100, 1);
    message("a", 100, 1);
    message("a", 0, 50);
    message("b", 10, 2);

    assertThat(tally.total("unknown")).isEqualTo(new Usage(110, 0, 0, 52, 0, Basis.UNPRICED));
  }

  @Test
  void untilTheResultOurOwnPricesCount() {
    message("a", 1_000_000, 1);

    Usage used = tally.total("claude-sonnet-4-5");
    assertThat(used.basis()).isEqualTo(Basis.EQUIVALENT);
    assertThat(used.microUsd()).isBetween(1_000_000L, 10_000_000L);
  }

  @Test
  void theResultIsExact() {
    message("a", 100, 1);
    result("{\"m\":{\"inputTokens\":100,\"outputTokens\":50,\"costUSD\":0.0075871}}");

    assertThat(tally.total("unknown")).isEqualTo(new Usage(100, 0, 0, 50, 7587, Basis.EQUIVALENT));
  }

  @Test
  void whatComesAfterAResultIsAddedToIt() {
    result("{\"m\":{\"inputTokens\":100,\"outputTokens\":50,\"costUSD\":0.5}}");
    message("b", 10, 2);

    assertThat(tally.total("unknown")).isEqualTo(new Usage(110, 0, 0, 52, 500_000, Basis.UNPRICED));
  }

  @Test
  void whatTheConversationUsedBeforeItWasResumedIsNotCounted() {
    tally.result(
        JSON.readTree(
            """
            {"total_cost_usd": 3, "modelUsage": {"m": {"inputTokens": 4000, "costUSD": 3}},
             "model_usage_since_last_result": {"m": {"inputTokens": 2000, "costUSD": 1}}}
            """));

    assertThat(tally.total("unknown"))
        .isEqualTo(new Usage(2000, 0, 0, 0, 1_000_000, Basis.EQUIVALENT));
  }

  @Test
  void allModelsCount() {
    result("{\"m\":{\"inputTokens\":1,\"costUSD\":1},\"n\":{\"outputTokens\":2,\"costUSD\":2}}");

    assertThat(tally.total("unknown"))
        .isEqualTo(new Usage(1, 0, 0, 2, 3_000_000, Basis.EQUIVALENT));
  }

  @Test
  void aCostThatCannotBeIsNone() {
    result("{\"m\":{\"inputTokens\":-5,\"outputTokens\":7,\"costUSD\":-1}}");

    assertThat(tally.total("unknown")).isEqualTo(new Usage(0, 0, 0, 7, 0, Basis.UNPRICED));
  }

  @Test
  void anEndlessRunIsCountedToItsEnd() {
    for (int i = 0; i < 1000; i++) {
      message("m" + i, 1, 1);
    }

    assertThat(tally.total("unknown").tokens()).isEqualTo(2000);
  }

  private void message(String id, long input, long output) {
    tally.message(
        id, JSON.createObjectNode().put("input_tokens", input).put("output_tokens", output));
  }

  private void result(String models) {
    tally.result(JSON.readTree("{\"model_usage_since_last_result\":" + models + "}"));
  }
}
