package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.ReportFile;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.adapter.agent.WorkerProcess;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One conversation: begun anew, or gone on with where an interrupted run left it. */
final class ClaudeCodeSession implements Harness.Session {
  private static final int ERRORS_MAX = 2_000;

  private static final String GO_ON =
      """
      You were interrupted: the program that runs you was stopped in the middle of your work. Your \
      work tree may be as you left it, or made anew from the branch of your task, perhaps in another \
      directory: %s. Look at it first (git status, git log), then go on with your task to its end, \
      and report.
      """;

  private final ClaudeCodeAccount account;
  private final Assignment assignment;
  private final InstantSource clock;
  private final ClaudeCodeCommand command;
  private final Transcript transcript;
  private final StringBuilder errors = new StringBuilder();
  private ClaudeCodeStream stream;
  private JsonLines lines;
  private WorkerProcess process;

  /** Starts it. */
  ClaudeCodeSession(
      ClaudeCodeSettings settings,
      ClaudeCodeAccount account,
      Assignment assignment,
      InstantSource clock)
      throws IOException {
    this.account = account;
    this.assignment = assignment;
    this.clock = clock;
    this.command = new ClaudeCodeCommand(settings, account, assignment);
    this.transcript = new Transcript(assignment.log(), assignment.monitor());
    this.stream = stream();
    this.lines = new JsonLines(stream);
    String before = assignment.resume();
    this.process =
        before == null
            ? start(command.begin(UUID.randomUUID().toString()), assignment.prompt())
            : start(command.resume(before), goOn());
  }

  private ClaudeCodeStream stream() {
    return new ClaudeCodeStream(transcript, assignment.monitor(), account.basis());
  }

  private Path goOn() throws IOException {
    Path file = assignment.result().resolveSibling("go-on.md");
    Files.writeString(file, GO_ON.formatted(assignment.directory()));
    transcript.say("goes on with the conversation " + assignment.resume());
    return file;
  }

  private WorkerProcess start(List<String> line, Path prompt) throws IOException {
    var messages =
        new JsonLines(
            new JsonLines.Reader() {
              @Override
              public void object(JsonNode object) {
                text(object.toString());
              }

              @Override
              public void text(String text) {
                error(text);
              }
            });
    return WorkerProcess.start(
        assignment.cell(),
        line,
        assignment.directory(),
        command.environment(),
        prompt,
        assignment.tree(),
        lines,
        messages);
  }

  private synchronized void error(String text) {
    transcript.say("Claude Code: " + text);
    errors.append(text).append('\n');
    if (errors.length() > ERRORS_MAX) {
      errors.delete(0, errors.length() - ERRORS_MAX);
    }
  }

  @Override
  public Ending await() throws InterruptedException {
    StreamEnd end = end();
    if (assignment.resume() != null && end.conversationGone()) {
      transcript.say("that conversation is not there any more: begins anew");
      try {
        beginAnew();
      } catch (IOException e) {
        return new Ending.Broken(
            Breakage.CRASHED, "Claude Code cannot be started: " + e.getMessage());
      }
      end = end();
    }
    return end.ending(clock.instant(), ZoneId.systemDefault());
  }

  private void beginAnew() throws IOException {
    synchronized (this) {
      errors.setLength(0);
    }
    stream = stream();
    lines = new JsonLines(stream);
    process = start(command.begin(UUID.randomUUID().toString()), assignment.prompt());
  }

  private StreamEnd end() throws InterruptedException {
    int exit = process.await();
    process.close();
    lines.end();
    takeReport();
    String said;
    synchronized (this) {
      said = errors.toString();
    }
    return new StreamEnd(exit, stream.result(), stream.limit(), said, hasReport());
  }

  /**
   * Structured output is the agent's last word, and wins over a file that it wrote before; where
   * there is none, the file stands.
   */
  private void takeReport() {
    JsonNode report = stream.report();
    if (report == null) {
      return;
    }
    try {
      ReportFile.put(assignment.result(), report.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      transcript.say("the report cannot be written: " + e.getMessage());
    }
  }

  private boolean hasReport() {
    boolean pm = assignment.order().key() instanceof JobKey.Planning;
    return ReportFile.faults(assignment.result(), pm).isEmpty();
  }

  @Override
  public void close() {
    process.close();
  }
}
