package io.hyperloop.adapter.agent;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("tools")
class SandboxedHarnessTest extends HarnessContract {
  @Override
  protected Sandbox sandbox(Path folder) {
    return Sandboxes.over(folder);
  }

  @Override
  protected Harness doing(String command) {
    return new CommandHarness(List.of("sh", "-c", command));
  }
}
