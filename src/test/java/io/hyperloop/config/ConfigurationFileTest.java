package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.config.ConfigurationFile.Check;
import io.hyperloop.domain.Budget;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Quota;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  @TempDir Path top;

  @Test
  void withoutAFileAllIsAtItsDefault() {
    assertThat(ConfigurationFile.read(top, null, Overrides.NONE, Check.FULL))
        .isEqualTo(Configuration.DEFAULT);
  }

  @Test
  void theReadmesSampleIsTakenUpToItsNotifications() {
    Configuration configuration =
        parse(
            """
            overlay: .hyperloop/agents/
            base_branch: main
            runtime: local # local | ambient
            max_workers: 6
            poll_interval: 30
            max_task_rounds: 50
            max_action_attempts: 3
            notifications: null
            """);

    assertThat(configuration.baseBranch()).isEqualTo("main");
    assertThat(configuration.limits().pollInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void everySettingReachesItsPlace() {
    Configuration c =
        parse(
            """
            overlay: team/agents
            base_branch: release/1.x
            specs: [specs/**/*.md, "!specs/drafts/**"]
            max_workers: 2
            poll_interval: 5m
            max_task_rounds: 4
            max_action_attempts: 5
            max_worker_attempts: 6
            max_replans: 7
            max_tasks_per_intake: 8
            pm_max_failures: 9
            max_cycles: 10
            state_branch: hyperloop/state
            push: true
            worktree: {setup: [npm ci], copy: [.env], setup_timeout: 90s}
            merge: {strategy: rebase, delete_branch: false}
            agent:
              type: command
              command: [my-agent, --fast]
              auth: api-key
              env: {LEVEL: 3, DEBUG: true, NAME: x}
              timeout: 2h
              args: [--quick]
              startup_timeout: 20s
              stall_timeout: 3m
              max_turns: 11
              sandbox: bubblewrap
              network: none
              writable: [~/.m2/repository, /var/cache/x]
              roles:
                verifier: {type: anthropic, model: big, timeout: 20m, env: {LEVEL: 4}}
            limits: {cost_usd: 12.5, task_cost_usd: 3, tokens: 2000000, task_tokens: null, per: day}
            quota: {reserve: 20%, overage: true}
            """);

    assertThat(c.overlay()).isEqualTo("team/agents");
    assertThat(c.specs()).containsExactly("specs/**/*.md", "!specs/drafts/**");
    assertThat(c.limits().maxWorkers()).isEqualTo(2);
    assertThat(c.limits().pmMaxFailures()).isEqualTo(9);
    assertThat(c.maxCycles()).isEqualTo(10);
    assertThat(c.stateBranch()).isEqualTo("hyperloop/state");
    assertThat(c.push()).isTrue();
    assertThat(c.worktree())
        .isEqualTo(
            new Configuration.Worktree(List.of("npm ci"), List.of(".env"), Duration.ofSeconds(90)));
    assertThat(c.merge())
        .isEqualTo(new Configuration.Merge(Configuration.Merge.Strategy.REBASE, false));
    assertThat(c.agent("implementer").command()).containsExactly("my-agent", "--fast");
    assertThat(c.agent("implementer").maxTurns()).isEqualTo(11);
    assertThat(c.environment())
        .containsEntry("LEVEL", "3")
        .containsEntry("DEBUG", "true")
        .containsEntry("NAME", "x");
    assertThat(c.agent("verifier").type()).isEqualTo(Agent.Type.ANTHROPIC);
    assertThat(c.agent("verifier").model()).isEqualTo("big");
    assertThat(c.agent("verifier").command()).isEmpty();
    assertThat(c.agent("implementer").timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(c.agent("verifier").timeout()).isEqualTo(Duration.ofMinutes(20));
    assertThat(c.agent("verifier").stallTimeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(c.agent("verifier").args()).containsExactly("--quick");
    assertThat(c.agent("verifier").environment()).isEqualTo(Map.of("LEVEL", "4"));
    assertThat(c.allEnvironments()).containsEntry("LEVEL", "3").containsValue("4");
    assertThat(c.limits().budget())
        .isEqualTo(new Budget(12_500_000L, 3_000_000L, 2_000_000L, null, Budget.Period.DAY));
    assertThat(c.confinement())
        .isEqualTo(
            new Configuration.Confinement(
                Configuration.Confinement.Kind.BUBBLEWRAP,
                false,
                List.of("~/.m2/repository", "/var/cache/x")));
    assertThat(c.limits().quota()).isEqualTo(new Quota(0.2, true));
    assertThat(c.limits().cast().program("pm")).isEqualTo("command");
    assertThat(c.limits().cast().program("verifier")).isEqualTo("anthropic");
  }

  @Test
  void allProblemsAreListedAtOnceByLine() {
    List<Problem> problems =
        problems(
            """
            max_wrkers: 3
            poll_interval: soon
            merge:
              strategy: sqash
              delete_branch: yes
            max_task_rounds: 0
            worktree: [a]
            base_branch: "a b"
            """);

    assertThat(problems)
        .extracting(Problem::where)
        .containsExactly(
            ".hyperloop.yaml:1",
            ".hyperloop.yaml:2",
            ".hyperloop.yaml:4",
            ".hyperloop.yaml:5",
            ".hyperloop.yaml:6",
            ".hyperloop.yaml:7",
            ".hyperloop.yaml:8");
    assertThat(problems)
        .extracting(p -> p.what() + "; " + p.remedy())
        .containsExactly(
            "unknown key \"max_wrkers\"; did you mean \"max_workers\"?",
            "poll_interval is the text \"soon\"; write seconds, or 90s, 10m, 2h",
            "merge.strategy is the text \"sqash\"; did you mean \"squash\"?",
            "merge.delete_branch is the text \"yes\"; write true or false",
            "max_task_rounds is 0; write at least 1",
            "worktree is a list; write a mapping (indented keys)",
            "base_branch is \"a b\", which is no name of a branch; name a branch");
    assertThat(problems).allMatch(p -> p.kind() == Problem.Kind.USER);
  }

  @Test
  void anUnknownKeyFarFromAllGetsTheListOfThem() {
    assertThat(problems("merge: {zebra: 1}").getFirst())
        .isEqualTo(
            Problem.user(
                "unknown key \"merge.zebra\"",
                ".hyperloop.yaml:1",
                "use one of: delete_branch, strategy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runtime: ambient",
        "runtime: kubernetes",
        "notifications: {type: webhook}",
        "intake: {approval: manual}",
        "hooks: {after_reap: []}"
      })
  void aSettingWhoseFeatureIsMissingIsRefusedByName(String text) {
    List<Problem> problems = problems(text);

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().what()).endsWith("is not built yet");
    assertThat(problems.getFirst().where()).isEqualTo(".hyperloop.yaml:1");
    assertThat(problems.getFirst().remedy()).startsWith("leave it out");
  }

  @ParameterizedTest
  @CsvSource({"30, 30", "90s, 90", "'\"45\"', 45", "10m, 600", "2h, 7200"})
  void aDurationIsSecondsOrHasAUnit(String written, long seconds) {
    assertThat(parse("poll_interval: " + written).limits().pollInterval())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "-1", "1.5", "1d", "999h", "604801", "''", "null", "[1]"})
  void aDurationOutOfRangeIsRefused(String written) {
    assertThat(problems("poll_interval: " + written)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overlay: ../agents",
        "overlay: /etc",
        "overlay: .",
        "overlay: 7",
        "specs: []",
        "specs: ['!x']",
        "specs: [../x.md]",
        "state_branch: -x",
        "base_branch: main\nstate_branch: main",
        "worktree: {copy: [../secret]}",
        "worktree: {copy: [/etc/passwd]}",
        "agent: {type: command}",
        "agent: {type: command, command: []}",
        "agent: {command: [x]}",
        "agent: {sandbox: docker}",
        "agent: {sandbox: none, network: none}",
        "agent: {network: bridge}",
        "agent: {writable: [cache]}",
        "agent: {writable: ['~']}",
        "agent: {writable: ['/']}",
        "agent: {writable: [~/../../etc]}",
        "agent: {roles: {verifier: {sandbox: none}}}",
        "agent: {env: {HYPERLOOP_ROLE: x}}",
        "agent: {env: {'a b': x}}",
        "agent: {env: {A: [x]}}",
        "agent: {roles: {'Bad Name': {}}}",
        "retention: {days: 0}",
        "retention: {logs_mb: 0}",
        "retention: {state_mb: 104857601}",
        "retention: {free_mb: 1.5}",
        "retention: {weeks: 2}",
        "retention: 30",
        "max_workers: 257",
        "max_workers: 99999999999999999999",
        "max_workers: 6.5",
        "max_cycles: 0",
        "[a, list]",
        "just a text"
      })
  void whatMakesNoSenseIsRefused(String text) {
    assertThat(problems(text)).isNotEmpty().allMatch(p -> p.where().startsWith(".hyperloop.yaml:"));
  }

  @Test
  void aChosenFileMustExist() {
    assertThatThrownBy(
            () -> ConfigurationFile.read(top, top.resolve("no.yaml"), Overrides.NONE, Check.QUICK))
        .hasMessageContaining("no such configuration file");
  }

  @Test
  void aDirectoryInPlaceOfTheFileIsTheEnvironmentsFault() throws IOException {
    Files.createDirectory(top.resolve(".hyperloop.yaml"));

    var failure =
        catchThrowableOfType(
            PortFailure.class,
            () -> ConfigurationFile.read(top, null, Overrides.NONE, Check.QUICK));

    assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
  }

  private static Configuration parse(String text) {
    Configuration full = ConfigurationFile.parse(text, Overrides.NONE, Check.FULL);
    assertThat(ConfigurationFile.parse(text, Overrides.NONE, Check.QUICK)).isEqualTo(full);
    return full;
  }

  /** What is refused is refused alike, however much was asked for. */
  private static List<Problem> problems(String text) {
    var full =
        catchThrowableOfType(
            PortFailure.class, () -> ConfigurationFile.parse(text, Overrides.NONE, Check.FULL));
    var quick =
        catchThrowableOfType(
            PortFailure.class, () -> ConfigurationFile.parse(text, Overrides.NONE, Check.QUICK));
    assertThat(quick).as("a quick reading").isNotNull();
    assertThat(quick.problems()).isEqualTo(full.problems());
    return full.problems();
  }
}
