package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.config.Configuration.PullRequests;
import io.hyperloop.config.ConfigurationFile.Check;
import io.hyperloop.domain.Forge;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code repo}, and what only means something with it. */
class PullRequestSettingsTest {
  private static final String REPO = "repo: owner/repo\n";
  private static final Overrides FLAG = new Overrides("owner/repo", null, null);

  @ParameterizedTest
  @ValueSource(strings = {"", "repo: null", "repo:\nmax_open_prs: null\nnotifications: null"})
  void withoutARepoThereAreNoPullRequestsAndNothingIsPushed(String text) {
    assertThat(parse(text).pullRequests()).isEqualTo(PullRequests.NONE);
    assertThat(parse(text).push()).isFalse();
  }

  @Test
  void withARepoWorkIsPushedAndPeopleAreToldByComments() {
    Configuration configuration = parse(REPO);

    assertThat(configuration.pullRequests()).isEqualTo(new PullRequests("owner/repo", 0, true));
    assertThat(configuration.repo()).isEqualTo("owner/repo");
    assertThat(configuration.push()).isTrue();
    assertThat(parse(REPO + "push: true")).isEqualTo(configuration);
    assertThat(parse(REPO + "notifications: {type: github-comment}")).isEqualTo(configuration);
  }

  @Test
  void everySettingReachesItsPlace() {
    assertThat(parse(REPO + "max_open_prs: 12\nnotifications: null").pullRequests())
        .isEqualTo(new PullRequests("owner/repo", 12, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "kubernetes-sigs/controller-runtime", "jo_corp/.github", "O-1/a.b_c-d"})
  void aRepositoryMayBeCalledThat(String name) {
    assertThat(parse("repo: " + name).repo()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owner",
        "owner/",
        "/repo",
        "a/b/c",
        "-a/b",
        "a b/c",
        "a/b c",
        "a/..",
        "a/repo.git",
        "https://github.com/a/b",
        "git@github.com:a/b",
        "\"a/b\\n\"",
        "7"
      })
  void noRepositoryIsCalledThat(String name) {
    assertThat(problems("max_open_prs: 3\nrepo: " + name, Overrides.NONE))
        .singleElement()
        .extracting(Problem::where)
        .isEqualTo(".hyperloop.yaml:2");
  }

  @Test
  void aRepositoryThatIsNoneIsAnsweredWithTheForm() {
    assertThat(told("repo: https://github.com/a/b"))
        .containsExactly(
            ".hyperloop.yaml:1 repo is the text \"https://github.com/a/b\"; "
                + PullRequestSettings.FORM);
  }

  @Test
  void whatNeedsARepoIsRefusedWithoutOne() {
    assertThat(told("max_open_prs: 3\nnotifications:\n  type: github-comment"))
        .containsExactly(
            ".hyperloop.yaml:1 max_open_prs is set, and no repo is; add repo: owner/repo, or leave"
                + " it out",
            ".hyperloop.yaml:3 notifications are comments on pull requests, and no repo is set; add"
                + " repo: owner/repo, or leave it out");
  }

  @Test
  void pullRequestsCannotBeHadWithoutPushing() {
    String told =
        ".hyperloop.yaml:1 push is false, but repo works through pull requests, which are pushed;"
            + " leave push out, or repo";

    assertThat(told("push: false\n" + REPO)).containsExactly(told);
    assertThat(words(problems("push: false", FLAG))).containsExactly(told);
  }

  @Test
  void aWebhookIsNotBuiltYet() {
    assertThat(told(REPO + "notifications: {type: webhook}"))
        .containsExactly(
            ".hyperloop.yaml:2 \"notifications.type: webhook\" is not built yet; leave it out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_open_prs: 0",
        "max_open_prs: 1.5",
        "max_open_prs: many",
        "notifications: github-comment",
        "notifications: {}",
        "notifications: {type: null}",
        "notifications: {type: github-coment}",
        "notifications: {type: github-comment, url: x}",
        "push: null"
      })
  void whatMakesNoSenseIsRefused(String text) {
    assertThat(problems(REPO + text, Overrides.NONE))
        .singleElement()
        .extracting(Problem::where)
        .isEqualTo(".hyperloop.yaml:2");
  }

  @Test
  void theLimitsCarryTheForgeOnceItIsKnown() {
    var forge = new Forge("https://github.com/owner/repo", "main", 12, true);
    Configuration before = parse(REPO);

    Configuration after = before.withForge(forge);

    assertThat(after.limits()).isEqualTo(before.limits().withForge(forge));
    assertThat(after.limits().forge()).isEqualTo(forge);
    assertThat(after.withAgents(agent -> agent).limits().forge()).isEqualTo(forge);
    assertThat(after.pullRequests()).isEqualTo(before.pullRequests());
  }

  private static Configuration parse(String text) {
    Configuration full = ConfigurationFile.parse(text, Overrides.NONE, Check.FULL);
    assertThat(ConfigurationFile.parse(text, Overrides.NONE, Check.QUICK)).isEqualTo(full);
    return full;
  }

  /** What is refused is refused alike, however much was asked for. */
  private static List<Problem> problems(String text, Overrides overrides) {
    var full =
        catchThrowableOfType(
            PortFailure.class, () -> ConfigurationFile.parse(text, overrides, Check.FULL));
    var quick =
        catchThrowableOfType(
            PortFailure.class, () -> ConfigurationFile.parse(text, overrides, Check.QUICK));
    assertThat(quick.problems()).isEqualTo(full.problems());
    return full.problems();
  }

  private static List<String> told(String text) {
    return words(problems(text, Overrides.NONE));
  }

  private static List<String> words(List<Problem> problems) {
    return problems.stream().map(p -> p.where() + " " + p.what() + "; " + p.remedy()).toList();
  }
}
