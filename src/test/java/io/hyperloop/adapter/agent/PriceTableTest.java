package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
  private static final Usage MILLIONS =
      new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 0, Usage.Basis.UNPRICED);

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-5-5, 14600000",
    "claude-sonnet-5-5-20261001, 14600000",
    "claude-sonnet-5-20260101, 14700000",
    "anthropic/claude-sonnet-5-5, 14600000",
    "us.anthropic.claude-sonnet-5-5-v1:0, 14600000",
    "claude-opus-4-1, 110250000",
    "claude-opus-4-5, 36750000",
    "gpt-5-codex, 12625000",
    "gpt-5.5-2026-04-23, 40500000"
  })
  void theLongestBeginningOfAModelsNameDecides(String model, long microUsd) {
    Usage priced = PriceTable.priced(model, MILLIONS);

    assertThat(priced.microUsd()).isEqualTo(microUsd);
    assertThat(priced.basis()).isEqualTo(Usage.Basis.PAID);
    assertThat(priced.tokens()).isEqualTo(3_000_000);
  }

  @Test
  void aModelWithoutAPriceSaysSo() {
    assertThat(PriceTable.priced("llama-9", MILLIONS)).isEqualTo(MILLIONS);
    assertThat(PriceTable.priced("gpt-5.9", MILLIONS)).isEqualTo(MILLIONS);
  }

  @Test
  void whatAProgramSaysItselfStands() {
    var told = new Usage(1_000_000, 0, 0, 0, 5, Usage.Basis.EQUIVALENT);

    assertThat(PriceTable.priced("claude-sonnet-5-5", told)).isEqualTo(told);
  }

  @Test
  void partsOfAMillionthOfADollarAreRoundedUp() {
    var one = new Usage(0, 1, 0, 0, 0, Usage.Basis.UNPRICED);

    assertThat(PriceTable.priced("claude-sonnet-5-5", one).microUsd()).isEqualTo(1);
  }
}
