package io.hyperloop.bench;

import io.hyperloop.adapter.agent.CommandHarness;
import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker costs beside its program: our time and our memory, without git. */
@Tag("bench")
class WorkerBench {
  private static final int RUNS = 60;
  private static final int WARM_UP = 20;
  private static final int AT_ONCE = 50;
  private static final String REPORT = "echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"";

  @TempDir Path temp;

  @Test
  void aRunBesideItsBareProgram() throws IOException, InterruptedException {
    LocalRuntime runtime = new LocalAgents(temp).runtime(shell(REPORT));
    long[] bare = new long[RUNS];
    long[] ours = new long[RUNS];
    for (int i = -WARM_UP; i < RUNS; i++) {
      long begun = System.nanoTime();
      bare();
      long between = System.nanoTime();
      WorkOrder order = Orders.writing(i + WARM_UP + 1);
      runtime.ensure(order);
      var ignored = AgentRuntimeContract.awaitEnd(runtime, order.key());
      if (i >= 0) {
        bare[i] = between - begun;
        ours[i] = System.nanoTime() - between;
      }
      runtime.release(order.key());
    }
    Figures.row("a shell that writes a report, bare", "", Figures.milliseconds(bare));
    Figures.row("the same as a worker, to its durable end", "", Figures.milliseconds(ours));
    Figures.row(
        "our time per worker",
        "< 50 ms",
        String.format(Locale.ROOT, "%.1f ms", (Figures.median(ours) - Figures.median(bare)) / 1e6));
  }

  private void bare() throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", REPORT).directory(temp.toFile());
    builder.environment().put("HYPERLOOP_RESULT_FILE", temp.resolve("bare.json").toString());
    if (builder.start().waitFor() != 0) {
      throw new AssertionError("the bare program failed");
    }
  }

  @Test
  void memoryOfFiftyWorkers() throws InterruptedException {
    LocalRuntime runtime = new LocalAgents(temp).runtime(shell("exec sleep 1000"));
    try {
      runtime.ensure(Orders.writing(AT_ONCE + 1));
      long before = heap();
      long threads = Thread.getAllStackTraces().size();
      IntStream.rangeClosed(1, AT_ONCE).forEach(i -> runtime.ensure(Orders.writing(i)));
      TimeUnit.SECONDS.sleep(3);
      long each = (heap() - before) / AT_ONCE;
      Figures.row(
          "heap per running worker, " + AT_ONCE + " at once",
          "",
          String.format(
              Locale.ROOT,
              "%d KiB, %.1f platform threads",
              each / 1024,
              (Thread.getAllStackTraces().size() - threads) / (double) AT_ONCE));
    } finally {
      runtime.endAll("the bench is over");
    }
  }

  private static Harness shell(String script) {
    return new CommandHarness(List.of("sh", "-c", script));
  }

  private static long heap() throws InterruptedException {
    Runtime java = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return java.totalMemory() - java.freeMemory();
  }
}
