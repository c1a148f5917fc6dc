package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An overlay or a process that cannot be used: what, where, what to do; exit 2. */
@Tag("tools")
class BadProcessTest {
  private static final String PROCESS = ".hyperloop/agents/process/process.yaml";

  private static final String[][] BROKEN = {
    {"pipeline: [{agent: implementer}\n", PROCESS + ":"},
    {"pipeline:\n  - loop:\n    - agnet: implementer\n", "agnet"},
    {"pipeline:\n  - agent: implementr\n", "implementr"},
    {"pipeline:\n  - gate: release\n", "release"},
    {"pipelin:\n  - agent: implementer\n", "pipelin"},
    {"pipeline:\n  - gate: g\ngates: {g: {type: manul}}\n", "manul"},
    {"pipeline:\n  - gate: human-pr-approval\n", "needs a pull request, and no repo is set"},
    {"pipeline: []\n", "pipeline"},
  };

  @TempDir Path temp;

  @Test
  void whatIsWrongWithTheProcessIsNamed() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    for (String[] process : BROKEN) {
      sample.repository().write(PROCESS, process[0]).commit("Break it");
      sample.assertRefused(2, process[1], "run");
      sample.assertRefused(2, PROCESS, "run", "--dry-run");
    }
    assertThat(sample.run("status").exit()).isZero();
  }

  @Test
  void anOverlayThatDoesNotBuildIsToldInTheToolsWords() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    String overlay = ".hyperloop/agents/kustomization.yaml";
    String good = sample.repository().read(overlay);
    sample
        .repository()
        .write(overlay, good.replace("  - ../base", "  - ../base\n  - nowhere.yaml"))
        .commit("Break it");

    sample.assertRefused(2, "it does not build: ", "run");
    sample.assertRefused(2, "nowhere.yaml", "run");
    sample.repository().write(overlay, "resources: [").commit("Break it more");
    sample.assertRefused(2, "where: .hyperloop/agents", "run");
    sample.repository().write(overlay, good).commit("Mend it");
    assertThat(sample.run("run").exit()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
  }
}
