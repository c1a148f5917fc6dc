package io.hyperloop.adapter.agent;

import java.util.List;

class CommandHarnessTest extends HarnessContract {
  @Override
  protected Harness doing(String command) {
    return new CommandHarness(List.of("sh", "-c", command));
  }
}
