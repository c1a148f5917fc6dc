package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.port.PortFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressTest {

  @ParameterizedTest
  @CsvSource({
    "'', https://api.github.com, https://api.github.com/graphql, github.com",
    "https://api.github.com/, https://api.github.com, https://api.github.com/graphql, github.com",
    "https://git.corp.example/api/v3, https://git.corp.example/api/v3,"
        + " https://git.corp.example/api/graphql, git.corp.example",
    "https://api.octo.ghe.com, https://api.octo.ghe.com, https://api.octo.ghe.com/graphql,"
        + " octo.ghe.com",
    "http://127.0.0.1:8080, http://127.0.0.1:8080, http://127.0.0.1:8080/graphql, 127.0.0.1:8080",
  })
  void theAddressesFollowFromOne(String given, String rest, String graphQl, String web) {
    ApiAddress address = ApiAddress.from(Map.of("GITHUB_API_URL", given));
    assertThat(address.rest()).hasToString(rest);
    assertThat(address.graphQl()).hasToString(graphQl);
    assertThat(address.web()).isEqualTo(web);
  }

  @Test
  void theHostOfGhIsHonoured() {
    assertThat(ApiAddress.from(Map.of("GH_HOST", "git.corp.example")).rest())
        .hasToString("https://git.corp.example/api/v3");
    assertThat(ApiAddress.from(Map.of("GH_HOST", "github.com")).rest())
        .hasToString("https://api.github.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://git.corp.example/api/v3",
        "ftp://git.corp.example",
        "git.corp.example",
        "https://user:secret@git.corp.example/api/v3",
        "not an address",
      })
  void aTokenIsSentNowhereElse(String given) {
    assertThatThrownBy(() -> ApiAddress.of(given))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("GITHUB_API_URL")
        .hasMessageNotContaining("secret");
  }
}
