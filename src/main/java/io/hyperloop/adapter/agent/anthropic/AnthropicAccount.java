package io.hyperloop.adapter.agent.anthropic;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who pays for the embedded agent, by the environment variables that are usual for it. */
public sealed interface AnthropicAccount {

  /** The first line of a run: which credential pays, and never its value. */
  String payer();

  /** How the default model is called there. */
  default String model(String name) {
    return name;
  }

  /** A key or token for the API itself, or for what stands in for it. */
  record Api(String variable, String secret, Optional<String> baseUrl) implements AnthropicAccount {
    @Override
    public String payer() {
      return "the Anthropic "
          + (isToken() ? "token" : "API key")
          + " in "
          + variable
          + baseUrl.map(url -> ", at " + url).orElse("");
    }

    boolean isToken() {
      return variable.equals("ANTHROPIC_AUTH_TOKEN");
    }

    @Override
    public String toString() {
      return payer();
    }
  }

  record Vertex(String project, String region, Optional<String> baseUrl)
      implements AnthropicAccount {
    @Override
    public String payer() {
      return "Vertex AI, project "
          + project
          + " in "
          + region
          + ", by Google's default credentials";
    }
  }

  record Bedrock(String region) implements AnthropicAccount {
    @Override
    public String payer() {
      return "Amazon Bedrock in " + region + ", by AWS's default credentials";
    }

    @Override
    public String model(String name) {
      return "anthropic." + name;
    }
  }

  /**
   * The account that an environment names.
   *
   * @throws PortFailure of kind ENVIRONMENT, naming the variables, if it names none
   */
  static AnthropicAccount of(Map<String, String> environment) {
    if (isOn(environment, "CLAUDE_CODE_USE_VERTEX")) {
      return new Vertex(
          need(environment, "Vertex AI", "ANTHROPIC_VERTEX_PROJECT_ID"),
          need(environment, "Vertex AI", "CLOUD_ML_REGION"),
          value(environment, "ANTHROPIC_VERTEX_BASE_URL"));
    }
    if (isOn(environment, "CLAUDE_CODE_USE_BEDROCK")) {
      String region =
          value(environment, "AWS_REGION")
              .orElseGet(() -> need(environment, "Amazon Bedrock", "AWS_DEFAULT_REGION"));
      if (value(environment, "ANTHROPIC_BEDROCK_BASE_URL").isPresent()) {
        throw missing(
            "ANTHROPIC_BEDROCK_BASE_URL is set, but the embedded agent only talks to Bedrock's own"
                + " endpoint in "
                + region,
            "unset it, or use ANTHROPIC_BASE_URL with a key for a gateway");
      }
      return new Bedrock(region);
    }
    for (String variable : List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")) {
      Optional<String> secret = value(environment, variable);
      if (secret.isPresent()) {
        return new Api(variable, secret.get(), value(environment, "ANTHROPIC_BASE_URL"));
      }
    }
    throw missing(
        "no credentials for the embedded agent were found",
        "export ANTHROPIC_API_KEY=your-key; or, for Vertex AI, CLAUDE_CODE_USE_VERTEX=1 with"
            + " ANTHROPIC_VERTEX_PROJECT_ID and CLOUD_ML_REGION; or, for Amazon Bedrock,"
            + " CLAUDE_CODE_USE_BEDROCK=1 with AWS_REGION and AWS credentials");
  }

  /**
   * In words, which credential pays.
   *
   * @throws PortFailure of kind ENVIRONMENT if there is none
   */
  static String payer(Map<String, String> environment) {
    return of(environment).payer();
  }

  private static boolean isOn(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static String need(Map<String, String> environment, String service, String name) {
    return value(environment, name)
        .orElseThrow(
            () -> missing(service + " is asked for, but " + name + " is not set", "set " + name));
  }

  private static PortFailure missing(String what, String remedy) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT, Problem.Scope.HARNESS, what, "the environment", remedy));
  }
}
