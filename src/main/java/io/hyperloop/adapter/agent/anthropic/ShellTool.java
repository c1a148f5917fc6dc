package io.hyperloop.adapter.agent.anthropic;

import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.ProcessTree;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.adapter.agent.WorkerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs the model's shell commands: each in a fresh shell at the root of the work tree, with the
 * worker's environment and without our credentials. What a command leaves in the background lives
 * until the run ends; in a sandbox, until the command ends.
 */
final class ShellTool {
  /** What of a long output the model gets to see: half from its beginning, half from its end. */
  static final int OUTPUT_MAX = 30_000;

  private static final Path NO_INPUT = Path.of("/dev/null");

  private final Assignment assignment;
  private final Duration limit;
  private final String shell;

  ShellTool(Assignment assignment, Duration limit) {
    this.assignment = assignment;
    this.limit = limit;
    this.shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
  }

  ToolResult run(ToolInput input) throws ToolInput.Unusable, InterruptedException {
    if (input.flag("restart")) {
      return ToolResult.ok("Each command has a fresh shell already.");
    }
    String command = input.text("command");
    if (command.indexOf('\0') >= 0) {
      throw new ToolInput.Unusable("a command cannot hold a NUL character");
    }
    var output = new Ends();
    try {
      boolean ended;
      int exit = 0;
      try (WorkerProcess process = start(command, output)) {
        ended = process.await(limit);
        if (ended) {
          exit = process.exit();
        } else {
          List<Long> ignored = ProcessTree.of(process).end(ProcessTree.GRACE);
        }
      }
      String said = output.text();
      if (!ended) {
        return ToolResult.error(said + "[ended: it took longer than " + limit.toSeconds() + " s]");
      }
      if (exit != 0) {
        return ToolResult.ok(said + "[exit code " + exit + "]");
      }
      return ToolResult.ok(said.isEmpty() ? "[no output]" : said);
    } catch (IOException e) {
      return ToolResult.error("the shell cannot be started: " + e.getMessage());
    }
  }

  private WorkerProcess start(String command, WorkerProcess.Sink output) throws IOException {
    return WorkerProcess.start(
        assignment.cell(),
        List.of(shell, "-c", command),
        assignment.directory(),
        assignment.environment(),
        NO_INPUT,
        assignment.tree(),
        output);
  }

  /** Keeps both ends of an output of any length. */
  private static final class Ends implements WorkerProcess.Sink {
    private static final int HALF = OUTPUT_MAX / 2;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[HALF];
    private long beyondHead;

    @Override
    public synchronized void accept(byte[] bytes, int length) {
      int toHead = Math.min(length, HALF - head.size());
      head.write(bytes, 0, toHead);
      for (int i = toHead; i < length; i++) {
        tail[(int) (beyondHead++ % HALF)] = bytes[i];
      }
    }

    synchronized String text() {
      var all = new ByteArrayOutputStream();
      all.writeBytes(head.toByteArray());
      if (beyondHead > HALF) {
        String gap = "\n[" + (beyondHead - HALF) + " bytes left out]\n";
        all.writeBytes(gap.getBytes(StandardCharsets.UTF_8));
        int oldest = (int) (beyondHead % HALF);
        all.write(tail, oldest, HALF - oldest);
        all.write(tail, 0, oldest);
      } else {
        all.write(tail, 0, (int) beyondHead);
      }
      // Control characters mean nothing to a model, and NUL is refused by the API.
      String text = Transcript.printable(all.toString(StandardCharsets.UTF_8));
      return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
  }
}
