package io.hyperloop.adapter.agent;

import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a worker finds in its environment: an allow list of ours, the harness's own credentials,
 * {@code agent.env}, and what hyperloop tells it. Nothing else of ours, so neither the SSH agent
 * nor GitHub tokens.
 */
public final class WorkerEnvironment {
  private static final Set<String> ALLOWED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TMPDIR",
          "JAVA_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "GIT_SSL_CAINFO",
          "AWS_CA_BUNDLE");

  private static final String PATH_OF_LAST_RESORT = "/usr/local/bin:/usr/bin:/bin";

  private final Map<String, String> ours;
  private final Map<String, String> identity;
  private final Map<String, String> agentEnv;

  /**
   * Of one repository.
   *
   * @param ours the orchestrator's own environment
   * @param identity variables that say who commits; empty where git's configuration does
   * @param agentEnv from the configuration, {@code agent.env}; beats the allow list
   */
  public WorkerEnvironment(
      Map<String, String> ours, Map<String, String> identity, Map<String, String> agentEnv) {
    this.identity = Map.copyOf(identity);
    this.ours = Map.copyOf(ours);
    this.agentEnv = Map.copyOf(agentEnv);
  }

  /** The orchestrator's own. */
  Map<String, String> ours() {
    return ours;
  }

  Map<String, String> agentEnv() {
    return agentEnv;
  }

  /**
   * Of one worker.
   *
   * @param player whose harness may have some variables of ours passed on, and who has some of its
   *     own
   */
  Map<String, String> of(WorkOrder order, String workerId, Path resultFile, Player player) {
    Set<String> credentials = player.harness().credentials();
    var variables = new TreeMap<String, String>();
    variables.put("PATH", PATH_OF_LAST_RESORT);
    ours.forEach((name, value) -> {
      if (ALLOWED.contains(name) || name.startsWith("LC_") || credentials.contains(name)) {
        variables.put(name, value);
      }
    });
    variables.put("TERM", "dumb");
    variables.putAll(identity);
    variables.putAll(agentEnv);
    variables.putAll(player.environment());
    variables.keySet().removeIf(name -> name.startsWith("HYPERLOOP_"));
    variables.put("GIT_TERMINAL_PROMPT", "0");
    configureGit(variables);
    variables.put("HYPERLOOP_ROLE", order.role());
    variables.put(ProcessTree.MARK, workerId);
    variables.put("HYPERLOOP_RESULT_FILE", resultFile.toString());
    WorkOrder.Work work = order.work();
    if (work != null) {
      variables.put("HYPERLOOP_TASK_ID", work.task().toString());
      variables.put("HYPERLOOP_ROUND", Integer.toString(work.round()));
      variables.put("HYPERLOOP_SPEC_REF", work.specRef().toString());
      variables.put("HYPERLOOP_BRANCH", work.branch());
    }
    return variables;
  }

  /**
   * A key that asks for its pass phrase would hold up every commit, and tidying the repository is
   * not for agents to do.
   */
  private static void configureGit(Map<String, String> variables) {
    int count = 0;
    try {
      count = Integer.parseInt(variables.getOrDefault("GIT_CONFIG_COUNT", "0"));
    } catch (NumberFormatException e) {
      // Git would refuse it too; ours takes its place.
    }
    for (String key : List.of("commit.gpgsign", "tag.gpgsign", "maintenance.auto", "gc.auto")) {
      variables.put("GIT_CONFIG_KEY_" + count, key);
      variables.put("GIT_CONFIG_VALUE_" + count, key.equals("gc.auto") ? "0" : "false");
      count++;
    }
    variables.put("GIT_CONFIG_COUNT", Integer.toString(count));
  }
}
