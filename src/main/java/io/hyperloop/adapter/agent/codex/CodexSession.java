package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.ReportFile;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.adapter.agent.WorkerProcess;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One conversation: begun anew, or gone on with where an interrupted run left it. */
final class CodexSession implements Harness.Session {
  private static final int ERRORS_MAX = 4_000;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final String GO_ON =
      """
      You were interrupted: the program that runs you was stopped in the middle of your work. Your \
      work tree may be as you left it, or made anew from the branch of your task, perhaps in another \
      directory: %s. Look at it first (git status, git log), then go on with your task to its end, \
      and report.
      """;

  private final CodexSettings settings;
  private final CodexAccount account;
  private final Assignment assignment;
  private final InstantSource clock;
  private final CodexCommand command;
  private final Path home;
  private final Transcript transcript;
  private final StringBuilder errors = new StringBuilder();
  private long begun;
  private @Nullable RecordTail tail;
  private CodexRecord record;
  private CodexStream stream;
  private JsonLines lines;
  private WorkerProcess process;

  /** Starts it. */
  CodexSession(
      CodexSettings settings, CodexAccount account, Assignment assignment, InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.account = account;
    this.assignment = assignment;
    this.clock = clock;
    this.command = new CodexCommand(settings, account, assignment);
    this.home = CodexHome.of(assignment.environment()).folder();
    this.transcript = new Transcript(assignment.log(), assignment.monitor());
    this.record = record();
    this.stream = stream();
    this.lines = new JsonLines(stream);
    String before = assignment.resume();
    if (before == null) {
      this.process = start(command.begin(), assignment.prompt());
    } else {
      this.begun = RecordTail.length(home, before);
      this.process = start(command.resume(before), goOn());
    }
  }

  private CodexRecord record() {
    return new CodexRecord(assignment.monitor(), settings.model().orElse(""), account.basis());
  }

  private CodexStream stream() {
    return new CodexStream(transcript, assignment.monitor(), this::follow);
  }

  private synchronized void follow(String thread) {
    if (tail == null) {
      tail = new RecordTail(home, thread, begun, record);
    }
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
                if (!text.startsWith("Reading ")) {
                  error(text);
                }
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
    transcript.say("Codex: " + text);
    errors.append(text).append('\n');
    if (errors.length() > ERRORS_MAX) {
      errors.delete(0, errors.length() - ERRORS_MAX);
    }
  }

  @Override
  public Ending await() throws InterruptedException {
    if (goesOnTooLong()) {
      return tooManyReplies();
    }
    CodexEnd end = end();
    if (assignment.resume() != null && end.conversationGone()) {
      transcript.say("that conversation is not there any more: begins anew");
      try {
        beginAnew();
      } catch (IOException e) {
        return new Ending.Broken(Breakage.CRASHED, "Codex cannot be started: " + e.getMessage());
      }
      if (goesOnTooLong()) {
        return tooManyReplies();
      }
      end = end();
    }
    return end.ending(clock.instant(), ZoneId.systemDefault());
  }

  /** Waits for its end. Codex itself knows no limit of replies. */
  private boolean goesOnTooLong() throws InterruptedException {
    while (!process.await(LOOK_EVERY)) {
      if (record.replies() > settings.turnsMax()) {
        return true;
      }
    }
    return false;
  }

  private Ending tooManyReplies() {
    return new Ending.Broken(
        Breakage.CRASHED,
        "Codex reached the maximum number of turns (" + settings.turnsMax() + ")");
  }

  private void beginAnew() throws IOException {
    synchronized (this) {
      errors.setLength(0);
      begun = 0;
    }
    record = record();
    stream = stream();
    lines = new JsonLines(stream);
    process = start(command.begin(), assignment.prompt());
  }

  private CodexEnd end() {
    process.close();
    lines.end();
    count();
    takeReport();
    String said;
    synchronized (this) {
      said = errors.toString();
    }
    return new CodexEnd(
        process.exit(),
        stream.completed(),
        stream.error(),
        record.failure(),
        record.allowance(),
        said,
        hasReport());
  }

  private void count() {
    RecordTail following;
    synchronized (this) {
      following = tail;
    }
    if (following != null) {
      following.close();
    }
    JsonNode told = stream.usage();
    if (told != null && record.replies() == 0) {
      transcript.say("Codex kept no record of this conversation: its usage is known only now");
      record.told(told);
    }
    Usage used = record.used();
    if (used.tokens() > 0) {
      transcript.say(
          String.format(
              Locale.ROOT,
              "tokens: %,d in, %,d read from the cache, %,d out; %s",
              used.input() + used.cacheWrite(),
              used.cacheRead(),
              used.output(),
              cost(used)));
    }
  }

  private String cost(Usage used) {
    return switch (used.basis()) {
      case PAID -> String.format(Locale.ROOT, "$%.4f", used.microUsd() / 1e6);
      case EQUIVALENT -> String.format(Locale.ROOT, "would have cost $%.4f", used.microUsd() / 1e6);
      case UNPRICED -> "the price of " + record.model() + " is not known";
    };
  }

  /**
   * Its last message is its last word, and wins over a file that it wrote before; where that is no
   * report, the file stands.
   */
  private void takeReport() {
    JsonNode report = stream.report();
    if (report == null || !stream.completed()) {
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
    RecordTail following;
    synchronized (this) {
      following = tail;
    }
    if (following != null) {
      following.close();
    }
  }
}
