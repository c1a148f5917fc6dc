package io.hyperloop.adapter.agent;

import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the local runtime itself adds around an agent that does nothing. */
@Tag("bench")
class RuntimeBench {
  @TempDir Path root;

  @Test
  void anInstantAgentFromItsStartToItsVisibleEnd() throws Exception {
    var agents = new LocalAgents(root);
    LocalRuntime runtime = agents.runtime("echo '{\"verdict\":\"pass\"}' > $HYPERLOOP_RESULT_FILE");
    var woken = new Semaphore(0);
    runtime.onChange(woken::release);
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      WorkOrder order = Orders.writing(i + 1);
      long begun = System.nanoTime();
      runtime.ensure(order);
      woken.acquire();
      nanos[i] = System.nanoTime() - begun;
      runtime.release(order.key());
    }
    print("instant agent, start to visible end", nanos);
    for (int i = 0; i < nanos.length; i++) {
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder("setsid", "sh", "-c", "echo '{}' > file")
              .directory(root.toFile())
              .start();
      process.waitFor();
      nanos[i] = System.nanoTime() - begun;
    }
    print("the same process alone", nanos);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%s: median %.1f ms, 90 %% %.1f ms%n",
        what, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 9 / 10] / 1e6);
  }
}
