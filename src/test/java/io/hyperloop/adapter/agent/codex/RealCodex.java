package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.RealAgent;
import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.CodexModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** The real Codex at work on one order, its model scripted. */
abstract class RealCodex extends RealAgent {
  static final String KEY = "sk-proj-of-the-orchestrator";
  static final String MODEL = "gpt-5.5";

  final Map<String, String> account = new TreeMap<>(Map.of("OPENAI_API_KEY", KEY));
  int turnsMax = 50;
  private int retries = -1;

  @BeforeEach
  void begin() {
    account.put("HOME", root.resolve("home").toString());
    agents.ours.put("OPENAI_API_KEY", KEY);
  }

  @Override
  protected Harness harness(String url) {
    Path home = root.resolve("home");
    Path ignored =
        retries < 0 ? CodexModel.settings(home, url) : CodexModel.provider(home, url, retries);
    return new CodexHarness(
        CodexAccount.of(CodexAccount.Auth.AUTO, account),
        new CodexSettings(
            List.of(AgentPrograms.codex().toString()), Optional.of(MODEL), turnsMax, args),
        InstantSource.system());
  }

  /** With a provider of the settings' own, that is asked again so often. */
  void askAgain(int times) {
    retries = times;
    account.put("SCRIPTED_KEY", KEY);
  }

  /** With ChatGPT's login, which OpenAI's own address is not asked about. */
  void subscribe() {
    account.remove("OPENAI_API_KEY");
    String claims =
        "{\"email\":\"a@example.org\",\"exp\":4000000000,\"https://api.openai.com/auth\":"
            + "{\"chatgpt_plan_type\":\"plus\",\"chatgpt_account_id\":\"account\"}}";
    String token = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".none";
    Path ignored =
        CodexModel.write(
            root.resolve("home"),
            "auth.json",
            """
            {"auth_mode": "chatgpt", "OPENAI_API_KEY": null, "last_refresh": "2100-01-01T00:00:00Z",
             "tokens": {"id_token": "%s", "access_token": "%s", "refresh_token": "x", "account_id": "account"}}
            """
                .formatted(token, token));
    var more = new ArrayList<>(args);
    more.add("--disable=enable_request_compression");
    more.add("--config=chatgpt_base_url=\"http://127.0.0.1:9\"");
    args = more;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  Script.Reply workThenPass(String command, int results) {
    return results == 0 ? CodexModel.shell(command) : CodexModel.verdict("pass", "done");
  }
}
