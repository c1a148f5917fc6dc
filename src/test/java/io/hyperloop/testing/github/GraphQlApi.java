package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.parser.ParserOptions;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GitHub's GraphQL interface: queries are checked and answered by GitHub's own schema. */
final class GraphQlApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int QUERY_MAX = 1 << 20;

  private final Forge forge;
  private final Account account;
  private final RequestLog requests;

  GraphQlApi(Forge forge, Account account, RequestLog requests) {
    this.forge = forge;
    this.account = account;
    this.requests = requests;
  }

  Answer answer(JsonNode body) {
    String query = body.path("query").asString("");
    if (query.isEmpty()) {
      requests.fault("POST /graphql: no query");
      return Answer.of(
          400, object("message", "A query attribute must be specified and must be a string."));
    }
    Map<?, ?> variables = JSON.convertValue(body.path("variables"), Map.class);
    var named = new LinkedHashMap<String, Object>();
    if (variables != null) {
      variables.forEach((name, value) -> named.put(String.valueOf(name), value));
    }
    ExecutionInput input =
        ExecutionInput.newExecutionInput(query)
            .variables(named)
            .root(new GraphResolvers(forge, account))
            .graphQLContext(
                Map.of(
                    ParserOptions.class,
                    ParserOptions.newParserOptions()
                        .maxCharacters(QUERY_MAX)
                        .maxTokens(QUERY_MAX)
                        .build()))
            .build();
    ExecutionResult result = GraphQL.newGraphQL(GraphSchema.published()).build().execute(input);
    var errors = new ArrayList<Map<String, Object>>();
    for (GraphQLError error : result.getErrors()) {
      errors.add(error(error));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    if (result.isDataPresent()) {
      answer.putAll(object("data", result.getData()));
    }
    if (!errors.isEmpty()) {
      answer.put("errors", errors);
    }
    return Answer.ok(answer);
  }

  /** As GitHub writes errors: a type, a path, a message. */
  private Map<String, Object> error(GraphQLError error) {
    boolean misunderstood =
        error.getErrorType() == ErrorType.ValidationError
            || error.getErrorType() == ErrorType.InvalidSyntax
            || error instanceof AbortExecutionException;
    if (misunderstood) {
      requests.fault("POST /graphql: " + error.getMessage());
    }
    Map<String, Object> shape =
        object(
            "type", GraphSchema.typeOf(error), "path", error.getPath(), "message", message(error));
    boolean broken =
        error.getErrorType() == ErrorType.DataFetchingException
            && GraphSchema.refusal(error).isEmpty();
    if (broken) {
      requests.fault("the double cannot answer: " + error.getMessage());
    }
    return shape;
  }

  private static String message(GraphQLError error) {
    return GraphSchema.refusal(error)
        .map(Refusal::getMessage)
        .orElse(Objects.requireNonNullElse(error.getMessage(), ""));
  }

  /** The root of a query's answer. */
  static GraphResolvers root(DataFetchingEnvironment environment) {
    return Objects.requireNonNull((GraphResolvers) environment.getRoot());
  }
}
