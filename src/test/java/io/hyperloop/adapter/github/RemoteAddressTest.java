package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteAddressTest {
  private static final ApiAddress PUBLIC = ApiAddress.of("https://api.github.com");
  private static final ApiAddress SERVER = ApiAddress.of("https://git.corp.example/api/v3");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/widgets",
        "https://github.com/acme/widgets.git",
        "https://github.com/acme/widgets/",
        "https://github.com:443/Acme/Widgets.git",
        "https://user@github.com/acme/widgets.git",
        "https://user:secret@github.com/acme/widgets.git",
        "http://github.com/acme/widgets",
        "git@github.com:acme/widgets.git",
        "git@github.com:/acme/widgets.git",
        "github.com:acme/widgets",
        "ssh://git@github.com/acme/widgets.git",
        "ssh://git@github.com:22/acme/widgets",
        "ssh://git@ssh.github.com:443/acme/widgets.git",
        "git+ssh://git@github.com/acme/widgets.git",
        "git://github.com/acme/widgets.git",
        "https://GitHub.com/acme/widgets",
        "work:acme/widgets.git",
        "/srv/git/widgets.git",
        "file:///srv/git/widgets.git",
        "../widgets",
        "C:/git/widgets",
      })
  void anAddressOfTheRepositoryIsRight(String origin) {
    assertThat(RemoteAddress.mismatch(origin, PUBLIC, "acme/widgets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/acme/gadgets",
        "https://github.com/other/widgets.git",
        "https://gitlab.com/acme/widgets.git",
        "git@git.corp.example:acme/widgets.git",
        "ssh://git@github.com/acme/widgets/more",
        "https://github.com.evil.example/acme/widgets",
        "git@github.com:acme/widgets2.git",
        "work:acme/gadgets.git",
      })
  void anAddressOfAnotherIsNamed(String origin) {
    assertThat(RemoteAddress.mismatch(origin, PUBLIC, "acme/widgets"))
        .hasValueSatisfying(problem -> {
          assertThat(problem.what()).contains("origin");
          assertThat(problem.where()).contains("github.com/acme/widgets");
          assertThat(problem.remedy()).contains("git remote set-url");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.corp.example/acme/widgets.git, true",
    "git@git.corp.example:acme/widgets.git, true",
    "ssh://git@git.corp.example:2222/acme/widgets.git, true",
    "https://github.com/acme/widgets.git, false",
  })
  void aServerOfOnesOwnHasItsOwn(String origin, boolean right) {
    assertThat(RemoteAddress.mismatch(origin, SERVER, "acme/widgets").isEmpty()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:secret@gitlab.com/acme/widgets.git"})
  void aPasswordInAnAddressIsNotShown(String origin) {
    assertThat(RemoteAddress.mismatch(origin, PUBLIC, "acme/widgets").orElseThrow().text())
        .doesNotContain("secret");
  }
}
