package io.hyperloop.adapter.agent;

import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An orchestrator in a JVM of its own, to be killed as {@code kill -9} does. */
final class DoomedOrchestrator {
  private DoomedOrchestrator() {}

  /**
   * Arguments: root directory, script, the report to wait for, or nothing, and whether to sandbox
   * it; then it is waited for until it made the file {@code up} on its desk.
   */
  public static void main(String[] arguments) throws IOException {
    var agents = new LocalAgents(Path.of(arguments[0]));
    if (Boolean.parseBoolean(arguments[3])) {
      agents.sandbox = Sandboxes.over(agents.root);
    }
    WorkOrder order = Orders.writing(1);
    LocalRuntime runtime = agents.runtime(arguments[1]);
    runtime.ensure(order);
    if (!arguments[2].isEmpty()) {
      agents.report(order.key(), arguments[2]);
      System.out.println(AgentRuntimeContract.awaitEnd(runtime, order.key()));
    }
    while (!agents.sandbox.equals(Sandbox.NONE) && !Files.exists(agents.root.resolve("desk/up"))) {
      Thread.onSpinWait();
    }
    System.out.println("ready");
    int ignored = System.in.read();
  }

  /** Starts one, waits until it is that far, and kills it. */
  static void liveAndDie(LocalAgents agents, String script, String report) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    DoomedOrchestrator.class.getName(),
                    agents.root.toString(),
                    script,
                    report,
                    Boolean.toString(!agents.sandbox.equals(Sandbox.NONE))))
            .redirectErrorStream(true);
    try {
      Process process = builder.start();
      try (var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        var said = new StringBuilder();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
          if (line == null) {
            throw new AssertionError("the orchestrator ended early: " + said);
          }
          said.append(line).append('\n');
        }
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
