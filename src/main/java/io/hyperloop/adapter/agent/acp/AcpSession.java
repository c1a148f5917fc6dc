package io.hyperloop.adapter.agent.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.ReportFile;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.adapter.agent.WorkerProcess;
import io.hyperloop.adapter.agent.acp.AcpConversation.Over;
import io.hyperloop.adapter.agent.acp.AcpConversation.Refused;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobKey;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One run: a process, a session with it, and turns until there is a report. */
final class AcpSession implements Harness.Session {
  private static final int ERRORS_MAX = 2_000;

  private final AcpSettings settings;
  private final Assignment assignment;
  private final InstantSource clock;
  private final Transcript transcript;
  private final AcpUsage usage;
  private final AcpUpdates updates;
  private final ProcessTransport transport;
  private final AcpConversation conversation;
  private final @Nullable OpenCodeServer server;
  private final WorkerProcess process;
  private final Thread watcher;
  private final StringBuilder errors = new StringBuilder();
  private volatile String session = "";
  private boolean reminded;
  private boolean wentOn;

  /** Starts it. */
  AcpSession(AcpSettings settings, Assignment assignment, InstantSource clock) throws IOException {
    this.settings = settings;
    this.assignment = assignment;
    this.clock = clock;
    this.transcript = new Transcript(assignment.log(), assignment.monitor());
    this.usage = new AcpUsage(assignment.monitor());
    this.updates = new AcpUpdates(transcript, usage);
    this.transport =
        new ProcessTransport(
            assignment.monitor()::stirred, line -> transcript.say("agent: " + line), this::deaf);
    this.conversation = new AcpConversation(transport, updates, transcript);
    var lines = new JsonLines(transport);
    try {
      this.server = OpenCodeServer.of(settings.command(), clock);
      this.process =
          WorkerProcess.converse(
              assignment.cell(),
              server == null ? settings.command() : server.command(settings.command()),
              assignment.directory(),
              server == null
                  ? assignment.environment()
                  : server.environment(assignment.environment()),
              assignment.tree(),
              lines,
              new JsonLines(messages()));
    } catch (IOException e) {
      conversation.close();
      throw e;
    }
    transport.open(process.input(), assignment.order().key().name());
    this.watcher = Thread.ofVirtual().start(() -> watch(lines));
  }

  private JsonLines.Reader messages() {
    return new JsonLines.Reader() {
      @Override
      public void object(JsonNode object) {
        text(object.toString());
      }

      @Override
      public void text(String line) {
        transcript.say("agent: " + line);
        synchronized (errors) {
          errors.append(line).append('\n');
          errors.delete(0, Math.max(0, errors.length() - ERRORS_MAX));
        }
      }
    };
  }

  private void deaf() {
    conversation.end(
        new Ending.Broken(Breakage.CRASHED, "the agent asks and does not read the answers"));
  }

  private void watch(JsonLines lines) {
    try {
      int exit = process.await();
      process.close();
      lines.end();
      String said;
      synchronized (errors) {
        said = errors.toString();
      }
      conversation.end(AcpFailures.exited(exit, said, clock.instant(), ZoneId.systemDefault()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Ending await() throws InterruptedException {
    try {
      JsonNode agent = initialize();
      String prompt = open(agent.path("agentCapabilities"));
      return converse(prompt);
    } catch (Over e) {
      return e.ending();
    } catch (Refused e) {
      return AcpFailures.ending(e.code(), e.words(), clock.instant(), ZoneId.systemDefault());
    } catch (InterruptedException e) {
      if (server != null) {
        server.look();
      }
      conversation.tell(AcpSchema.METHOD_SESSION_CANCEL, Map.of("sessionId", session));
      throw e;
    } finally {
      updates.over();
      transport.close();
    }
  }

  private JsonNode initialize() throws Refused, Over, InterruptedException {
    JsonNode agent =
        conversation.ask(
            AcpSchema.METHOD_INITIALIZE,
            Map.of(
                "protocolVersion",
                AcpSchema.LATEST_PROTOCOL_VERSION,
                "clientCapabilities",
                Map.of(
                    "fs", Map.of("readTextFile", false, "writeTextFile", false), "terminal", false),
                "clientInfo",
                Map.of("name", "hyperloop", "version", "1")));
    int version = agent.path("protocolVersion").asInt(0);
    if (version != AcpSchema.LATEST_PROTOCOL_VERSION) {
      throw new Over(
          new Ending.Broken(
              Breakage.CRASHED,
              "the agent speaks version " + version + " of the Agent Client Protocol, we speak 1"));
    }
    JsonNode info = agent.path("agentInfo");
    transcript.say(
        "agent: "
            + info.path("name").asString(settings.command().getFirst())
            + " "
            + info.path("version").asString(""));
    return agent;
  }

  /** Opens a session, one of before if there is one, and gives what to say first. */
  private String open(JsonNode can) throws Refused, Over, InterruptedException {
    String before = assignment.resume();
    boolean resume = can.path("sessionCapabilities").path("resume").isObject();
    if (before != null && (resume || can.path("loadSession").asBoolean(false))) {
      updates.replayed(true);
      usage.resumed();
      try {
        choose(
            conversation.ask(
                resume ? AcpSchema.METHOD_SESSION_RESUME : AcpSchema.METHOD_SESSION_LOAD,
                Map.of(
                    "sessionId", before,
                    "cwd", assignment.directory().toString(),
                    "mcpServers", List.of())),
            before);
        transcript.say("goes on with the conversation " + before);
        return AcpPrompts.INTERRUPTED.formatted(assignment.directory(), assignment.result());
      } catch (Refused e) {
        transcript.say("that conversation is not there any more: begins anew (" + e.words() + ")");
        usage.begun();
      } finally {
        updates.replayed(false);
      }
    }
    JsonNode opened =
        conversation.ask(
            AcpSchema.METHOD_SESSION_NEW,
            Map.of("cwd", assignment.directory().toString(), "mcpServers", List.of()));
    choose(opened, opened.path("sessionId").asString(""));
    return assignment.order().prompt()
        + AcpPrompts.HOW.formatted(assignment.directory(), assignment.result());
  }

  /** Notes a session's id and sets its model. */
  private void choose(JsonNode opened, String id) throws Refused, Over, InterruptedException {
    if (id.isEmpty() || id.length() > 200 || !id.matches("[\\x21-\\x7e]+")) {
      throw new Over(
          new Ending.Broken(Breakage.CRASHED, "the agent gave its session no usable id"));
    }
    session = id;
    assignment.monitor().session(id);
    ModelChoice choice = ModelChoice.of(opened);
    String wanted = settings.model().orElse("");
    usage.model(wanted.isEmpty() ? choice.current() : wanted);
    if (server != null) {
      boolean resumed = id.equals(assignment.resume());
      server.watch(id, resumed, assignment.directory(), usage, conversation::end);
    }
    if (wanted.isEmpty() || wanted.equals(choice.current())) {
      return;
    }
    if (choice.method().isEmpty()) {
      throw new Over(
          new Ending.Broken(
              Breakage.CRASHED,
              "the agent offers no choice of a model: leave agent.model out, and choose it in the"
                  + " agent's own settings or in agent.command"));
    }
    JsonNode ignored = conversation.ask(choice.method(), choice.request(id, wanted));
  }

  private Ending converse(String first) throws Refused, Over, InterruptedException {
    String text = first;
    while (true) {
      JsonNode reply =
          conversation.ask(
              AcpSchema.METHOD_SESSION_PROMPT,
              Map.of("sessionId", session, "prompt", AcpConversation.text(text)));
      updates.over();
      if (server != null) {
        server.look();
      }
      usage.turn(reply);
      String why = reply.path("stopReason").asString("");
      switch (why) {
        case "end_turn" -> {
          List<String> faults = faults();
          if (faults.isEmpty()) {
            return new Ending.Finished();
          }
          if (reminded) {
            return withoutReport();
          }
          reminded = true;
          transcript.say("reminded of its report");
          text = AcpPrompts.REMINDER.formatted(String.join("; ", faults), assignment.result());
        }
        case "max_tokens", "max_turn_requests" -> {
          if (wentOn) {
            return broken("the agent came to a limit of its own twice: " + why);
          }
          wentOn = true;
          transcript.say("cut off (" + why + "), goes on");
          text = AcpPrompts.GO_ON;
        }
        case "refusal" -> {
          return broken("the agent refused to go on");
        }
        case "cancelled" -> {
          return broken("the agent broke off its turn");
        }
        default -> {
          return broken("the agent ended its turn in a way that is not known: " + why);
        }
      }
    }
  }

  private Ending withoutReport() {
    return conversation.rejected()
        ? new Ending.Broken(
            Breakage.PERMISSION_DENIED,
            "no verdict, and the agent asked for permissions that it offered no way to give")
        : new Ending.Finished();
  }

  private static Ending broken(String why) {
    return new Ending.Broken(Breakage.CRASHED, why);
  }

  private List<String> faults() {
    return ReportFile.faults(
        assignment.result(), assignment.order().key() instanceof JobKey.Planning);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    process.close();
    conversation.close();
    watcher.interrupt();
  }
}
