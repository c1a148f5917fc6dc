package io.hyperloop.adapter.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AcpUsageTest {
  private static final String TURN =
      "{\"usage\":{\"inputTokens\":100,\"outputTokens\":20,\"cachedReadTokens\":5}}";

  private final List<Usage> told = new ArrayList<>();
  private final AcpUsage usage =
      new AcpUsage(
          new Monitor() {
            @Override
            public void stirred() {}

            @Override
            public void used(String model, Usage total) {
              told.add(total);
            }

            @Override
            public void allowance(Allowance allowance) {}

            @Override
            public void session(String id) {}
          });

  @Test
  void theCostThatAnAgentTellsIsWhatWasPaid() {
    usage.update(json("{\"cost\":{\"amount\":0.25,\"currency\":\"USD\"}}"), false);
    usage.turn(json(TURN));

    assertThat(told).last().isEqualTo(new Usage(100, 5, 0, 20, 250_000, Usage.Basis.PAID));
  }

  @Test
  void aCostOfNothingIsLeftToThePriceTable() {
    usage.update(json("{\"cost\":{\"amount\":0,\"currency\":\"USD\"}}"), false);
    usage.turn(json(TURN));

    assertThat(told).last().isEqualTo(new Usage(100, 5, 0, 20, 0, Usage.Basis.UNPRICED));
  }

  @Test
  void whatAResumedSessionHadCostBeforeIsNotCountedAgain() {
    usage.resumed();
    usage.update(json("{\"cost\":{\"amount\":0.25}}"), true);
    usage.update(json("{\"cost\":{\"amount\":0.30}}"), false);

    assertThat(told).last().extracting(Usage::microUsd).isEqualTo(50_000L);
  }

  @Test
  void aCostOfWhichAnUnknownPartIsOldIsLeftToThePriceTable() {
    usage.resumed();
    usage.update(json("{\"cost\":{\"amount\":0.30}}"), false);
    usage.turn(json(TURN));

    assertThat(told).containsExactly(new Usage(100, 5, 0, 20, 0, Usage.Basis.UNPRICED));
  }

  @Test
  void wholeSessionsAreSurerThanTurnsAndToldOnceForEachReply() {
    usage.resumed();
    usage.before(List.of(session(0.10, 1_000)));
    usage.session(List.of(session(0.15, 1_500), session(0.01, 10)));
    usage.session(List.of(session(0.15, 1_500), session(0.01, 10)));
    usage.turn(json(TURN));

    assertThat(told).containsExactly(new Usage(510, 0, 0, 0, 60_000, Usage.Basis.PAID));
  }

  private static JsonNode session(double cost, long input) {
    return json("{\"cost\":" + cost + ",\"tokens\":{\"input\":" + input + "}}");
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }
}
