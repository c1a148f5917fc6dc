package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarningsTest {
  private final Warnings warnings = new Warnings();

  @Test
  void aWarningIsToldOnce() {
    assertThat(warnings.worthTelling("no room")).isTrue();
    assertThat(warnings.worthTelling("no room")).isFalse();
  }

  @Test
  void oneThatRecursIsRememberedAndOthersAreForgotten() {
    for (int i = 0; i < 10_000; i++) {
      boolean ignored = warnings.worthTelling("other " + i);
      ignored = warnings.worthTelling("recurs");
    }
    assertThat(warnings.worthTelling("recurs")).isFalse();
    assertThat(warnings.worthTelling("other 1")).isTrue();
    assertThat(warnings.size()).isEqualTo(500);
  }
}
