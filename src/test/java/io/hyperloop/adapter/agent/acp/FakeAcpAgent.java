package io.hyperloop.adapter.agent.acp;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent that speaks the protocol and otherwise does what its argument says, started as a program
 * of its own. What it hears is in {@code ../heard} of its work tree.
 */
final class FakeAcpAgent {
  private static final JsonMapper JSON = new JsonMapper();

  private final String mode;
  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private int prompts;

  private FakeAcpAgent(String mode) {
    this.mode = mode;
  }

  /** The command line that starts one. */
  static List<String> command(String mode) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath(),
        FakeAcpAgent.class.getName(),
        mode);
  }

  /** It starts in a directory of its own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  public static void main(String[] args) throws IOException {
    new FakeAcpAgent(args[0]).run();
  }

  private void run() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode message = heard(line);
      String id = message.path("id").toString();
      switch (message.path("method").asString("")) {
        case "initialize" -> initialize(id);
        case "session/new" -> opened(id);
        case "session/load" -> loaded(id, message.path("params").path("sessionId").asString(""));
        case "session/set_model" -> result(id, "{}");
        case "session/prompt" -> prompt(id);
        default -> {
          // Notifications.
        }
      }
    }
  }

  private JsonNode heard(String line) throws IOException {
    Files.writeString(
        Path.of("../heard"),
        line + "\n",
        java.nio.file.StandardOpenOption.CREATE,
        java.nio.file.StandardOpenOption.APPEND);
    return JSON.readTree(line);
  }

  private void initialize(String id) {
    int version = mode.equals("later-version") ? 2 : 1;
    result(
        id,
        "{\"protocolVersion\":%d,\"agentCapabilities\":{\"loadSession\":true}}".formatted(version));
  }

  private void opened(String id) {
    if (mode.equals("login")) {
      error(id, -32000, "Authentication required");
      return;
    }
    String models =
        mode.equals("models")
            ? ",\"models\":{\"currentModelId\":\"small\",\"availableModels\":[{\"modelId\":\"big\"}]}"
            : "";
    result(id, "{\"sessionId\":\"new-1\"" + models + "}");
  }

  private void loaded(String id, String session) {
    if (mode.equals("forgetful")) {
      error(id, -32603, "no such session");
      return;
    }
    update(session, text("said before"));
    result(id, "null");
  }

  private void prompt(String id) throws IOException {
    prompts++;
    switch (mode) {
      case "permission" -> {
        out.println(
            permission(
                "{\"optionId\":\"a\",\"name\":\"for ever\",\"kind\":\"allow_always\"},"
                    + "{\"optionId\":\"o\",\"name\":\"once\",\"kind\":\"allow_once\"},"
                    + "{\"optionId\":\"n\",\"name\":\"no\",\"kind\":\"reject_once\"}"));
        JsonNode answer = heard(in.readLine());
        String option = answer.path("result").path("outcome").path("optionId").asString("");
        report(option.equals("o") ? "pass" : "fail");
        ended(id);
      }
      case "only-no" -> {
        out.println(permission("{\"optionId\":\"n\",\"name\":\"no\",\"kind\":\"reject_once\"}"));
        JsonNode ignored = heard(in.readLine());
        ended(id);
      }
      case "asks-a-person" -> {
        out.println(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\","
                + "\"params\":{\"message\":\"which one?\"}}");
        JsonNode ignored = heard(in.readLine());
      }
      case "reads-files" -> {
        out.println(
            "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"fs/read_text_file\",\"params\":{}}");
        report(heard(in.readLine()).has("error") ? "pass" : "fail");
        ended(id);
      }
      case "garbage" -> {
        out.println("no json\n[1,2]\n{\"id\":\n{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}\n{}");
        out.println("{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":[null]}");
        out.println("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"session/request_permission\"}");
        report("pass");
        ended(id);
      }
      case "endless-line" -> {
        while (!out.checkError()) {
          out.print("x".repeat(1 << 16));
        }
      }
      case "deaf" -> {
        String ask = permission("{\"optionId\":\"o\",\"name\":\"yes\",\"kind\":\"allow_once\"}");
        while (!out.checkError()) {
          out.println(ask);
        }
      }
      case "dies" -> {
        System.err.println("something is wrong");
        System.exit(3);
      }
      case "late" -> {
        report("pass");
        ended(id);
        update("new-1", text("said after the end"));
      }
      case "usage" -> {
        update(
            "new-1",
            "{\"sessionUpdate\":\"usage_update\",\"used\":1,\"size\":2,"
                + "\"cost\":{\"amount\":0.25,\"currency\":\"USD\"}}");
        report("pass");
        result(
            id,
            "{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":10,"
                + "\"outputTokens\":5,\"cachedReadTokens\":7,\"cachedWriteTokens\":3}}");
      }
      case "second-time" -> {
        if (prompts == 2) {
          report("pass");
        }
        ended(id);
      }
      case "limited" -> result(id, "{\"stopReason\":\"max_turn_requests\"}");
      case "refusing" -> result(id, "{\"stopReason\":\"refusal\"}");
      case "silent" -> {
        // Until it is ended.
      }
      default -> other(id);
    }
  }

  private void other(String id) throws IOException {
    if (mode.startsWith("error ")) {
      error(id, -32603, mode.substring(6));
      return;
    }
    update("new-1", text("hello"));
    update(
        "new-1",
        "{\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"t\",\"title\":\"shell\","
            + "\"status\":\"pending\",\"rawInput\":{\"cwd\":\"x\"}}");
    update(
        "new-1",
        "{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"t\","
            + "\"status\":\"in_progress\",\"rawInput\":{\"command\":\"ls\"}}");
    update(
        "new-1",
        "{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"t\","
            + "\"status\":\"completed\",\"content\":[{\"type\":\"content\",\"content\":"
            + "{\"type\":\"text\",\"text\":\"a file\"}}]}");
    update("new-1", "{\"sessionUpdate\":\"of_the_future\"}");
    report("pass");
    ended(id);
  }

  private static void report(String verdict) throws IOException {
    Files.writeString(
        Path.of(System.getenv("HYPERLOOP_RESULT_FILE")),
        "{\"verdict\":\"%s\",\"detail\":\"x\"}".formatted(verdict));
  }

  private static String permission(String options) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"session/request_permission\",\"params\":"
            + "{\"sessionId\":\"new-1\",\"toolCall\":{\"toolCallId\":\"t\",\"title\":\"rm -rf x\"},"
            + "\"options\":[%s]}}")
        .formatted(options);
  }

  private void ended(String id) {
    result(id, "{\"stopReason\":\"end_turn\"}");
  }

  private static String text(String text) {
    return "{\"sessionUpdate\":\"agent_message_chunk\",\"content\":{\"type\":\"text\",\"text\":\"%s\"}}"
        .formatted(text);
  }

  private void update(String session, String update) {
    out.println(
        String.format(
            Locale.ROOT,
            "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"%s\",\"update\":%s}}",
            session,
            update));
  }

  private void result(String id, String result) {
    out.println("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, result));
  }

  private void error(String id, int code, String message) {
    out.println(
        String.format(
            Locale.ROOT,
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}",
            id,
            code,
            message));
  }
}
