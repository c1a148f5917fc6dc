package io.hyperloop.bench;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory of {@code watch} with 5,000 tasks, as the launcher starts it. */
@Tag("bench")
class MemoryBench {
  @TempDir Path temp;

  @Test
  void watchingFiveThousandTasks() throws IOException, InterruptedException {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    Program.Ended init = Program.in(repository.top()).run("init");
    if (init.exit() != 0) {
      throw new AssertionError(init.all());
    }
    TestAgent agent = TestAgent.in(temp.resolve("agent"));
    repository
        .write(".hyperloop.yaml", repository.read(".hyperloop.yaml") + agent.configuration())
        .commit("Agent");
    ManyTasks.into(repository);
    ProcessBuilder builder =
        new ProcessBuilder(Path.of("bin/hyperloop").toAbsolutePath().toString(), "watch")
            .directory(repository.top().toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile());
    builder.environment().put("XDG_STATE_HOME", temp.resolve("state").toString());
    Process watch = builder.start();
    long most = 0;
    for (int i = 0; i < 60 && !watch.waitFor(250, TimeUnit.MILLISECONDS); i++) {
      most = Math.max(most, kilobytes(watch.pid(), "VmHWM"));
    }
    long now = watch.isAlive() ? kilobytes(watch.pid(), "VmRSS") : 0;
    watch.destroy();
    if (!watch.waitFor(30, TimeUnit.SECONDS) || now == 0) {
      watch.destroyForcibly();
      throw new AssertionError("watch ended early:\n" + Files.readString(temp.resolve("out")));
    }
    Figures.row(
        "resident memory of `watch`, 5,000 tasks",
        "< 200 MB",
        now / 1024 + " MB (peak " + most / 1024 + " MB)");
  }

  private static long kilobytes(long pid, String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
