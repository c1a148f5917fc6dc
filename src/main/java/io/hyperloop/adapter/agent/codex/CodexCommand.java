package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.ReportSchema;
import io.hyperloop.domain.JobKey;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The command line and the environment of Codex. */
final class CodexCommand {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What reaches beyond one run in one work tree; agents of its own, whose usage is told elsewhere;
   * and waiting for a network for ever.
   */
  private static final List<String> UNWANTED =
      List.of(
          "apps",
          "browser_use",
          "computer_use",
          "goals",
          "hooks",
          "image_generation",
          "in_app_browser",
          "memories",
          "multi_agent",
          "plugins",
          "unbounded_connection_retries");

  private static final String LASTING =
      """
      You are one of the agents of hyperloop, which keeps a code base in line with its specs. You \
      work alone: nobody reads what you write while you work, and nobody answers questions. Work in \
      your work tree only. When you are done, end with your report as your last message, one JSON \
      object of the shape that you are told; without it your work does not count. Nothing that you \
      leave running in the background survives your end.
      """;

  private final CodexSettings settings;
  private final CodexAccount account;
  private final Assignment assignment;

  CodexCommand(CodexSettings settings, CodexAccount account, Assignment assignment) {
    this.settings = settings;
    this.account = account;
    this.assignment = assignment;
  }

  /** Begins a conversation. */
  List<String> begin() throws IOException {
    List<String> command = command();
    command.add("-");
    return command;
  }

  /** Goes on with one. */
  List<String> resume(String thread) throws IOException {
    List<String> command = command();
    command.addAll(List.of("resume", thread, "-"));
    return command;
  }

  private List<String> command() throws IOException {
    var command = new ArrayList<>(settings.program());
    command.addAll(
        List.of(
            "exec",
            "--json",
            "--dangerously-bypass-approvals-and-sandbox",
            "--skip-git-repo-check",
            "--output-schema=" + schema()));
    UNWANTED.forEach(feature -> command.add("--disable=" + feature));
    set(command, "developer_instructions", LASTING + particular(assignment));
    set(command, "notify", List.of());
    set(command, "check_for_update_on_startup", false);
    set(command, "shell_environment_policy.inherit", "all");
    set(command, "shell_environment_policy.exclude", account.secretVariables());
    if (account.payer() != CodexAccount.Payer.PROVIDER) {
      set(command, "model_provider", "openai");
    }
    settings.model().ifPresent(model -> command.add("--model=" + model));
    command.addAll(settings.args());
    return command;
  }

  /** What JSON writes of texts and lists of them, TOML reads. */
  private static void set(List<String> command, String name, Object value) {
    command.add("--config=" + name + "=" + JSON.writeValueAsString(value));
  }

  private Path schema() throws IOException {
    boolean pm = assignment.order().key() instanceof JobKey.Planning;
    Path file = assignment.result().resolveSibling("schema.json");
    Files.write(file, JSON.writeValueAsBytes(ReportSchema.strict(pm)));
    return file;
  }

  private static String particular(Assignment assignment) {
    WorkOrder order = assignment.order();
    var text = new StringBuilder("\nRole: " + order.role() + "\n");
    WorkOrder.Work work = order.work();
    if (work != null) {
      text.append("Task: ").append(work.task()).append('\n');
      text.append("Round: ").append(work.round()).append('\n');
      text.append("Spec: ").append(work.specRef()).append('\n');
    }
    return text.append("Work tree: ").append(assignment.directory()).append('\n').toString();
  }

  /** All of its environment. */
  Map<String, String> environment() {
    var all = new TreeMap<>(assignment.environment());
    account.strangers().forEach(all::remove);
    account.secret().ifPresent(secret -> all.put(account.secretVariable(), secret));
    return all;
  }
}
