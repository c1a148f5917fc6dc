package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.config.ConfigurationFile.Check;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import org.junit.jupiter.api.Test;

/** Flags over the file. */
class OverridesTest {
  @Test
  void flagsBeatTheFile() {
    Configuration configuration =
        ConfigurationFile.parse(
            "base_branch: main\nmax_workers: 2", new Overrides(null, "next", 9), Check.FULL);

    assertThat(configuration.baseBranch()).isEqualTo("next");
    assertThat(configuration.limits().maxWorkers()).isEqualTo(9);
  }

  @Test
  void aRepositoryNamedByFlagBeatsTheFilesAndCountsForWhatDependsOnIt() {
    Configuration configuration =
        ConfigurationFile.parse(
            "repo: owner/one\nmax_open_prs: 4", new Overrides("owner/two", null, null), Check.FULL);

    assertThat(configuration.repo()).isEqualTo("owner/two");
    assertThat(
            ConfigurationFile.parse(
                "max_open_prs: 4", new Overrides("owner/two", null, null), Check.FULL))
        .isEqualTo(configuration);
    assertThat(configuration.push()).isTrue();
  }

  @Test
  void flagsAreJudgedWithTheFile() {
    var failure =
        catchThrowableOfType(
            PortFailure.class,
            () ->
                ConfigurationFile.parse(
                    "max_wrkers: 1", new Overrides("owner/..", "a..b", 0), Check.QUICK));

    assertThat(failure.problems())
        .extracting(Problem::where)
        .containsExactly(
            ".hyperloop.yaml:1", "the flag --repo", "the flag --branch", "the flag --max-workers");
  }
}
