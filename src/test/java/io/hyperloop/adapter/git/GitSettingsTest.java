package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSettingsTest {
  @TempDir Path temp;
  private TestRepository repository;
  private GitSettings before;

  @BeforeEach
  void aRepositoryWithSettingsOfItsUser() {
    repository = TestRepository.create(temp.resolve("r"));
    repository.git("config", "filter.lfs.smudge", "git-lfs smudge -- %f");
    repository.write(".git/hooks/pre-commit", "#!/bin/sh\n");
    before = GitSettings.of(repository.repository());
  }

  private List<String> changed() {
    return GitSettings.of(repository.repository()).since(before).stream()
        .map(entry -> entry.toString().replace(repository.top().toString(), ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "filter.x.smudge",
        "core.fsmonitor",
        "core.hooksPath",
        "core.sshCommand",
        "credential.helper",
        "credential.https://example.com.helper",
        "remote.origin.pushurl",
        "url.ssh://evil/.insteadOf",
        "include.path",
        "merge.ours.driver",
        "diff.external",
        "diff.image.textconv",
        "gpg.ssh.program",
        "alias.st",
      })
  void aSettingThatNamesAProgramOrPlaceIsTold(String key) {
    repository.git("config", key, "something");
    assertThat(changed()).singleElement().asString().endsWith(" in /.git/config");
    assertThat(changed().getFirst()).startsWithIgnoringCase(key);
  }

  @Test
  void aHookOrAttributesAreTold() {
    repository.write(".git/hooks/post-checkout", "#!/bin/sh\n");
    repository.write(".git/hooks/pre-commit", "#!/bin/sh\nchanged\n");
    repository.write(".git/info/attributes", "* filter=lfs\n");
    assertThat(changed())
        .containsExactly(
            "/.git/hooks/post-checkout", "/.git/hooks/pre-commit", "/.git/info/attributes");
  }

  @Test
  void aChangedOneIsTold() {
    repository.git("config", "filter.lfs.smudge", "evil");
    assertThat(changed()).containsExactly("filter.lfs.smudge in /.git/config");
  }

  @Test
  void whatIsEverydayIsNotTold() {
    repository.git("config", "user.name", "Ada");
    repository.git("config", "branch.topic.remote", "origin");
    repository.write(".git/hooks/pre-push.sample", "#!/bin/sh\n");
    assertThat(changed()).isEmpty();
  }

  @Test
  void aConfigurationThatCannotBeReadIsTold() {
    repository.write(".git/config.worktree", "[core\n");
    assertThat(changed()).containsExactly("/.git/config.worktree");
  }
}
