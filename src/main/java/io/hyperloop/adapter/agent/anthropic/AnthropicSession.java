package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobKey;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One conversation with the model, from the prompt to its report. */
final class AnthropicSession implements Harness.Session {
  private static final String LASTING =
      """
      You are one of the agents of hyperloop, which keeps a code base in line with its specs. You \
      work alone: nobody reads what you write while you work, and nobody answers questions.

      Your tools:
      - bash runs a command in a fresh shell at the root of your work tree. A change of directory \
      or a variable does not last to the next command; files do. What a command leaves in the \
      background may end with it.
      - str_replace_based_edit_tool views and edits files of your work tree, and no others.
      - report ends your work. Call it exactly once, when you are done. Without it your work does \
      not count.
      """;

  private static final String REMINDER =
      "You ended without a report, so nothing of your work counts yet. Call the report tool now.";

  private static final String GO_ON = "Your reply was cut off at its greatest length. Go on.";

  private final Model model;
  private final AnthropicSettings settings;
  private final ReplyTranscript transcript;
  private final ReportTool report;
  private final Model.Frame frame;
  private final ShellTool shell;
  private final EditorTool editor;

  private final Conversation conversation;
  private boolean reminded;

  AnthropicSession(Model model, Harness.Assignment assignment, AnthropicSettings settings) {
    this.model = model;
    this.settings = settings;
    this.conversation = new Conversation(assignment.order().prompt());
    this.transcript =
        new ReplyTranscript(
            new Transcript(assignment.log(), assignment.monitor()),
            assignment.monitor(),
            model.name());
    this.report =
        new ReportTool(assignment.result(), assignment.order().key() instanceof JobKey.Planning);
    this.frame = new Model.Frame(LASTING, particular(assignment), report.definition());
    this.shell = new ShellTool(withoutCredentials(assignment), settings.commandLimit());
    try {
      this.editor = new EditorTool(assignment.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Harness.Assignment withoutCredentials(Harness.Assignment assignment) {
    var environment = new TreeMap<>(assignment.environment());
    environment.keySet().removeAll(List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"));
    return new Harness.Assignment(
        assignment.order(),
        assignment.directory(),
        assignment.prompt(),
        assignment.result(),
        environment,
        assignment.cell(),
        assignment.tree(),
        assignment.log(),
        assignment.monitor(),
        null);
  }

  private static String particular(Harness.Assignment assignment) {
    WorkOrder order = assignment.order();
    var text = new StringBuilder("Role: " + order.role() + "\n");
    WorkOrder.Work work = order.work();
    if (work != null) {
      text.append("Task: ").append(work.task()).append('\n');
      text.append("Round: ").append(work.round()).append('\n');
      text.append("Spec: ").append(work.specRef()).append('\n');
    }
    return text.append("Work tree: ").append(assignment.directory()).append('\n').toString();
  }

  @Override
  public Ending await() throws InterruptedException {
    try {
      return converse();
    } finally {
      transcript.sum();
    }
  }

  private Ending converse() throws InterruptedException {
    transcript.say("the model is " + model.name());
    for (int turn = 0; turn < settings.turnsMax(); turn++) {
      Message reply;
      try {
        reply = model.reply(frame, conversation.messages(), transcript);
      } catch (RuntimeException e) {
        return ApiFailures.ending(e);
      }
      Step step = take(reply);
      if (step instanceof Step.Over(Ending ending)) {
        return ending;
      }
    }
    return new Ending.Broken(
        Breakage.CRASHED, "the agent did not report within " + settings.turnsMax() + " turns");
  }

  /** What follows a reply. */
  private sealed interface Step {
    record GoOn() implements Step {}

    record Over(Ending ending) implements Step {}
  }

  private Step take(Message reply) throws InterruptedException {
    StopReason why = reply.stopReason().orElse(StopReason.END_TURN);
    return switch (why.value()) {
      case TOOL_USE -> useTools(reply);
      case MAX_TOKENS -> {
        conversation.goOn(reply, GO_ON);
        yield new Step.GoOn();
      }
      case PAUSE_TURN -> {
        conversation.goOn(reply, "Go on.");
        yield new Step.GoOn();
      }
      case REFUSAL ->
          broken(
              "the model refused"
                  + reply
                      .stopDetails()
                      .flatMap(d -> d.explanation())
                      .map(e -> ": " + e)
                      .orElse(""));
      case MODEL_CONTEXT_WINDOW_EXCEEDED ->
          broken("the conversation became longer than the model can read");
      case END_TURN, STOP_SEQUENCE, _UNKNOWN -> ended(reply);
    };
  }

  private static Step broken(String why) {
    return new Step.Over(new Ending.Broken(Breakage.CRASHED, why));
  }

  private Step ended(Message reply) {
    if (report.hasCounted() || reminded) {
      return new Step.Over(new Ending.Finished());
    }
    reminded = true;
    transcript.say("reminded of its report");
    conversation.goOn(reply, REMINDER);
    return new Step.GoOn();
  }

  private Step useTools(Message reply) throws InterruptedException {
    var results = new ArrayList<ContentBlockParam>();
    boolean reported = false;
    for (ContentBlock block : reply.content()) {
      if (block.isToolUse() && !reported) {
        ToolUseBlock call = block.asToolUse();
        ToolResult result = use(call);
        transcript.result(result);
        reported = call.name().equals(ReportTool.NAME) && !result.error();
        results.add(
            ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder()
                    .toolUseId(call.id())
                    .content(result.text())
                    .isError(result.error())
                    .build()));
      }
    }
    if (reported) {
      return new Step.Over(new Ending.Finished());
    }
    if (results.isEmpty()) {
      return broken("the model asked for a tool and named none");
    }
    conversation.add(reply, results);
    return new Step.GoOn();
  }

  private ToolResult use(ToolUseBlock call) throws InterruptedException {
    try {
      if (call.name().equals(ReportTool.NAME)) {
        transcript.call("report", String.valueOf(call._input()));
        return report.take(call._input());
      }
      Map<?, ?> arguments = call._input().convert(Map.class);
      var input = new ToolInput(arguments == null ? Map.of() : arguments);
      return switch (call.name()) {
        case "bash" -> {
          transcript.call("bash", input.optionalText("command").orElse("(restart)"));
          yield shell.run(input);
        }
        case "str_replace_based_edit_tool" -> {
          transcript.call(
              "edit",
              input.optionalText("command").orElse("")
                  + " "
                  + input.optionalText("path").orElse(""));
          yield editor.run(input);
        }
        default -> ToolResult.error("there is no such tool: " + call.name());
      };
    } catch (ToolInput.Unusable e) {
      return ToolResult.error("" + e.getMessage());
    } catch (RuntimeException e) {
      return ToolResult.error("the arguments cannot be used: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    // Its output went to the log as it came.
  }
}
