package io.hyperloop.adapter.agent.claude;

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

/** The command line and the environment of Claude Code. */
final class ClaudeCodeCommand {
  private static final JsonMapper JSON = new JsonMapper();

  /** Tools that reach beyond one run in one work tree, or wait for somebody. */
  private static final String UNWANTED =
      "AskUserQuestion,CronCreate,CronDelete,CronList,EnterPlanMode,EnterWorktree,ExitPlanMode,"
          + "ExitWorktree,ListAgents,RemoteTrigger,ScheduleWakeup,SendMessage,Workflow";

  private static final String LASTING =
      """
      You are one of the agents of hyperloop, which keeps a code base in line with its specs. You \
      work alone: nobody reads what you write while you work, and nobody answers questions. Work in \
      your work tree only. When you are done, give your report as structured output; without it \
      your work does not count. Nothing that you leave running in the background survives your end.
      """;

  /**
   * Reads the secret out of its environment, hands it over on descriptor 3 and becomes the program,
   * in whose environment it no longer is.
   */
  private static final String HAND_OVER =
      """
      secret=$HYPERLOOP_SECRET
      unset HYPERLOOP_SECRET
      exec 3<<END
      $secret
      END
      unset secret
      exec "$@"
      """;

  private final ClaudeCodeSettings settings;
  private final ClaudeCodeAccount account;
  private final Assignment assignment;

  ClaudeCodeCommand(ClaudeCodeSettings settings, ClaudeCodeAccount account, Assignment assignment) {
    this.settings = settings;
    this.account = account;
    this.assignment = assignment;
  }

  /** Begins a conversation. */
  List<String> begin(String session) {
    return with("--session-id", session);
  }

  /** Goes on with one. */
  List<String> resume(String session) {
    return with("--resume", session);
  }

  private List<String> with(String option, String session) {
    boolean pm = assignment.order().key() instanceof JobKey.Planning;
    var command = new ArrayList<String>();
    if (account.secret().isPresent()) {
      command.addAll(List.of("/bin/sh", "-c", HAND_OVER, "sh"));
    }
    command.addAll(settings.program());
    command.addAll(
        List.of(
            "-p",
            "--output-format=stream-json",
            "--verbose",
            "--include-partial-messages",
            "--permission-mode=bypassPermissions",
            "--setting-sources=",
            "--strict-mcp-config",
            "--add-dir=" + assignment.directory(),
            "--disallowedTools=" + UNWANTED,
            "--append-system-prompt=" + LASTING + particular(assignment),
            "--json-schema=" + JSON.writeValueAsString(ReportSchema.of(pm)),
            "--max-turns=" + settings.turnsMax()));
    command.add(option + "=" + session);
    settings.model().ifPresent(model -> command.add("--model=" + model));
    command.addAll(settings.args());
    return command;
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

  /** All of its environment. What the user sets for agents beats what is set here. */
  Map<String, String> environment() {
    var all = new TreeMap<String, String>();
    for (String name :
        List.of(
            "DISABLE_TELEMETRY",
            "DISABLE_ERROR_REPORTING",
            "DISABLE_AUTOUPDATER",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
            // What one run remembers would be told to others.
            "CLAUDE_CODE_DISABLE_AUTO_MEMORY",
            // With --add-dir: the repository's CLAUDE.md without its settings.
            "CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD")) {
      all.put(name, "1");
    }
    if (isRoot()) {
      // Else it refuses to work without asking for permissions.
      all.put("IS_SANDBOX", "1");
    }
    all.putAll(assignment.environment());
    account.strangers().forEach(all::remove);
    account.baseUrl().ifPresent(url -> all.put("ANTHROPIC_BASE_URL", url));
    account
        .secret()
        .ifPresent(secret -> {
          all.put("HYPERLOOP_SECRET", secret);
          all.put(account.descriptorVariable(), "3");
        });
    return all;
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
