package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a sandbox cannot be made, that is told, or nothing is done. */
class MissingSandboxTest {
  @TempDir Path temp;

  private Program.Ended run(String how) throws Exception {
    Path programs = Files.createDirectories(temp.resolve("bin"));
    Path bwrap = programs.resolve("bwrap");
    Files.writeString(bwrap, "#!/bin/sh\necho 'bwrap: no namespaces here' >&2\nexit 1\n");
    Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    Sample sample = Sample.with(temp, Sample.agent(temp).sandboxed(how));
    return sample.program().with("PATH", programs + ":" + System.getenv("PATH")).run("run");
  }

  @Test
  void bestEffortGoesOnWithAWarningThatSaysWhyAndWhatToDo() throws Exception {
    Program.Ended run = run("auto");

    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.all())
        .contains("WARNING: agents are not confined (bwrap: no namespaces here)")
        .contains("apt install bubblewrap")
        .contains("agent.sandbox: none");
  }

  @Test
  void whereItIsDemandedNoAgentIsStarted() throws Exception {
    Program.Ended run = run("bubblewrap");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.all()).contains("agents cannot be confined: bwrap: no namespaces here");
    assertThat(temp.resolve("agent/prompt")).doesNotExist();
  }
}
