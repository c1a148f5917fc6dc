package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecPatternsTest {
  private static boolean matches(String path, String... patterns) {
    return new SpecPatterns(List.of(patterns)).matches(path);
  }

  @Test
  void twoStarsStandForAnyNumberOfFolders() {
    assertThat(matches("specs/a.md", "specs/**/*.md")).isTrue();
    assertThat(matches("specs/x/y/a.md", "specs/**/*.md")).isTrue();
    assertThat(matches("a/specs/b/c.md", "**/specs/**")).isTrue();
    assertThat(matches("other/a.md", "specs/**/*.md")).isFalse();
  }

  @Test
  void oneStarStaysWithinOneName() {
    assertThat(matches("specs/a.md", "specs/*.md")).isTrue();
    assertThat(matches("specs/x/a.md", "specs/*.md")).isFalse();
    assertThat(matches("specs/a.mdx", "specs/*.md")).isFalse();
  }

  @Test
  void aMarkTakesAwayAndALaterGlobGivesBack() {
    String[] patterns = {"specs/**", "!specs/drafts/**", "specs/drafts/ready.md"};
    assertThat(matches("specs/a.md", patterns)).isTrue();
    assertThat(matches("specs/drafts/b.md", patterns)).isFalse();
    assertThat(matches("specs/drafts/ready.md", patterns)).isTrue();
  }

  @Test
  void otherSignsMeanThemselves() {
    assertThat(matches("specs/a+(b).md", "specs/a+(b).md")).isTrue();
    assertThat(matches("specs/aab.md", "specs/a+b.md")).isFalse();
    assertThat(matches("specs/line\nbreak.md", "specs/*.md")).isTrue();
  }

  @Test
  void setsAndSingleLetters() {
    assertThat(matches("specs/v1.md", "specs/v[0-9].md")).isTrue();
    assertThat(matches("specs/vx.md", "specs/v[!0-9].md")).isTrue();
    assertThat(matches("specs/v/.md", "specs/v?.md")).isFalse();
  }

  @Test
  void rootsAreWhereToLook() {
    assertThat(new SpecPatterns(List.of("specs/**/*.md", "docs/x/a*.md", "!specs/y/**")).roots())
        .containsExactly("docs/x", "specs");
    assertThat(new SpecPatterns(List.of("**/*.md")).roots()).containsExactly("");
    assertThat(new SpecPatterns(List.of("docs/one.md")).roots()).containsExactly("docs/one.md");
  }
}
