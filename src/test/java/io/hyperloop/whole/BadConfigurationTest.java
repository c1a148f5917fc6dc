package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a person wrote and that cannot be used: file, line and remedy, exit 2. */
class BadConfigurationTest {
  /** What is wrong with the meaning is told all at once. */
  private static final String MISTAKES =
      """
      max_worker: 3
      max_cycles: many
      max_replans: 0
      repo: owner
      intake: {approval: manual}
      notifications: {type: webhook}
      runtime: kubernetes
      """;

  /** What cannot even be read is told by itself. */
  private static final String[][] UNREADABLE = {
    {"x: [", "not valid YAML"},
    {"x: !!java.lang.Runtime {}", "is not allowed"},
    {"push: true\npush: true", "stands twice"},
    {
      "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c]",
      "hyperloop.yaml:"
    }
  };

  @TempDir Path temp;

  @Test
  void settingsThatCannotBeUsedAreNamedAllAtOnceWithTheirLines() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    String good =
        sample
            .repository()
            .read(".hyperloop.yaml")
            .lines()
            .filter(line -> !line.startsWith("max_replans"))
            .collect(Collectors.joining("\n", "", "\n"));
    sample.repository().write(".hyperloop.yaml", good + MISTAKES);
    int line = (int) good.lines().count();

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err())
        .contains("did you mean \"max_workers\"?", "max_cycles", "max_replans")
        .contains("repo is the text \"owner\"", "write owner/repo", "\"intake\" is not built yet")
        .contains(
            "\"notifications.type: webhook\" is not built yet",
            "\"runtime: kubernetes\" is not built yet");
    for (int i = 1; i <= MISTAKES.lines().count(); i++) {
      assertThat(ended.err()).contains("where: .hyperloop.yaml:" + (line + i));
    }
    sample.assertRefused(2, ".hyperloop.yaml:", "status");
  }

  @Test
  void aFileThatCannotBeReadIsNamedWithItsLine() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    String good = sample.repository().read(".hyperloop.yaml");
    for (String[] setting : UNREADABLE) {
      sample.repository().write(".hyperloop.yaml", good + setting[0] + "\n");
      sample.assertRefused(2, setting[1], "run");
    }
    sample.assertRefused(2, ".hyperloop.yaml:", "status");
  }

  @Test
  void withoutKustomizeAnEditedOverlayIsNotRunOn() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    sample
        .repository()
        .write(".hyperloop/agents/process/process.yaml", "pipeline: [{agent: implementer}]\n")
        .commit("Do without a verifier");

    Program.Ended ended = sample.program().with("PATH", onlyGit()).run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(3);
    assertThat(ended.err())
        .contains("neither kustomize nor kubectl", ".hyperloop/agents", "install kustomize")
        .doesNotContain("\tat ");
    sample.assertTidy();
  }

  private String onlyGit() throws Exception {
    Path tools = Files.createDirectories(temp.resolve("tools"));
    for (String program : new String[] {"git", "sh"}) {
      Path script = tools.resolve(program);
      Files.writeString(script, "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return tools.toString();
  }
}
