package io.hyperloop;

import io.hyperloop.adapter.git.Repository;
import io.hyperloop.bench.IdleCycles;
import io.hyperloop.config.Configuration;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cycle costs that has nothing to do; here, because only this package wires the whole. */
@Tag("bench")
class CycleBench {
  @TempDir Path temp;

  @Test
  void nothingToDoAtFiveThousandTasks() throws Exception {
    TestRepository repository = IdleCycles.repository(temp.resolve("repository"));
    Repository around = repository.repository();
    Map<String, String> environment =
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "HOME",
            temp.toString(),
            "XDG_STATE_HOME",
            temp.resolve("state").toString());
    try (Wiring wiring =
        new Wiring(
            around,
            Configuration.DEFAULT,
            "main",
            environment,
            InstantSource.system(),
            Wiring.Role.ORCHESTRATOR)) {
      IdleCycles.measure(wiring.ports(entry -> {}));
    }
  }
}
