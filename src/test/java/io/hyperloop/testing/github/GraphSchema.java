package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import graphql.ExceptionWhileDataFetching;
import graphql.GraphQLError;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.schema.Coercing;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** GitHub's published schema, wired so that maps are objects and lists are connections. */
final class GraphSchema {
  private static final int PAGE_MAX = 100;
  private static final GraphQLSchema PUBLISHED = wired();

  private GraphSchema() {}

  static GraphQLSchema published() {
    return PUBLISHED;
  }

  @SuppressWarnings("deprecation") // There is no other way to set it yet.
  private static GraphQLSchema wired() {
    TypeDefinitionRegistry types = new SchemaParser().parse(PublishedExcerpt.graphQl());
    DataFetcher<@Nullable Object> fields = GraphSchema::field;
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .codeRegistry(
                GraphQLCodeRegistry.newCodeRegistry().defaultDataFetcher(_ -> fields).build());
    types.scalars().keySet().stream()
        .filter(name -> !List.of("Int", "Float", "String", "Boolean", "ID").contains(name))
        .forEach(name -> wiring.scalar(scalar(name)));
    TypeResolver byName =
        environment ->
            environment
                .getSchema()
                .getObjectType(String.valueOf(typename(environment.getObject())));
    for (String several :
        List.of(
            "Actor",
            "Node",
            "RequirableByPullRequest",
            "StatusCheckRollupContext",
            "IssueOrPullRequest")) {
      wiring.type(several, type -> type.typeResolver(byName));
    }
    return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
  }

  private static @Nullable Object typename(@Nullable Object object) {
    return object instanceof Map<?, ?> map ? map.get("__typename") : null;
  }

  private static GraphQLScalarType scalar(String name) {
    return GraphQLScalarType.newScalar().name(name).coercing(new Text()).build();
  }

  /** GitHub's own scalars are texts to a client. */
  private static final class Text implements Coercing<String, String> {
    @Override
    public String serialize(Object value, graphql.GraphQLContext context, java.util.Locale locale) {
      return String.valueOf(value);
    }

    @Override
    public String parseValue(
        Object value, graphql.GraphQLContext context, java.util.Locale locale) {
      return String.valueOf(value);
    }

    @Override
    public String parseLiteral(
        graphql.language.Value<?> value,
        graphql.execution.CoercedVariables variables,
        graphql.GraphQLContext context,
        java.util.Locale locale) {
      return value instanceof graphql.language.StringValue text
          ? String.valueOf(text.getValue())
          : String.valueOf(value);
    }
  }

  /** A field of a map; one that nobody put there is a mistake of the double's. */
  private static @Nullable Object field(DataFetchingEnvironment environment) {
    String name = environment.getField().getName();
    Object value;
    if (environment.getSource() instanceof Map<?, ?> map) {
      if (!map.containsKey(name)) {
        throw new IllegalStateException(
            "the double knows no field " + name + " of " + map.get("__typename"));
      }
      value = map.get(name);
    } else {
      value = GraphQlApi.root(environment).field(name, environment.getArguments());
    }
    if (value instanceof Supplier<?> later) {
      value = later.get();
    }
    if (value instanceof Function<?, ?> asked) {
      @SuppressWarnings("unchecked")
      var function = (Function<Map<String, Object>, @Nullable Object>) asked;
      value = function.apply(environment.getArguments());
    }
    String type = GraphQLTypeUtil.unwrapAll(environment.getFieldType()).getName();
    return type.endsWith("Connection") && value instanceof List<?> list
        ? connection(environment.getField(), list, environment.getArguments())
        : value;
  }

  /** The part of a list that was asked for. */
  private static Map<String, Object> connection(
      Field asked, List<?> all, Map<String, Object> arguments) {
    String name = asked.getName();
    for (Argument argument : asked.getArguments()) {
      if (!List.of("first", "last", "after", "before").contains(argument.getName())) {
        throw new IllegalStateException(
            "the double does not know " + name + "(" + argument.getName() + ":)");
      }
    }
    boolean forward = arguments.get("first") != null;
    Object size = forward ? arguments.get("first") : arguments.get("last");
    if (!(size instanceof Integer count)) {
      throw new Refusal(
          422,
          "You must provide a `first` or `last` value to properly paginate the `"
              + name
              + "` connection.");
    }
    if (count < 1 || count > PAGE_MAX) {
      throw new Refusal(
          422,
          "Requesting "
              + count
              + " records on the `"
              + name
              + "` connection exceeds the limit of 100 records.");
    }
    int from = position(arguments.get("after"), 0);
    int to = position(arguments.get("before"), all.size() + 1) - 1;
    to = Math.max(from, Math.min(to, all.size()));
    if (forward) {
      to = Math.min(to, from + count);
    } else {
      from = Math.max(from, to - count);
    }
    return object(
        "nodes", all.subList(from, to),
        "totalCount", all.size(),
        "checkRunCount", 0,
        "statusContextCount", 0,
        "pageInfo",
            object(
                "hasNextPage",
                to < all.size(),
                "hasPreviousPage",
                from > 0,
                "startCursor",
                from == to ? null : cursor(from + 1),
                "endCursor",
                from == to ? null : cursor(to)));
  }

  private static String cursor(int position) {
    return Base64.getEncoder()
        .encodeToString(("cursor:" + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int position(@Nullable Object cursor, int otherwise) {
    return cursor == null
        ? otherwise
        : Integer.parseInt(
            new String(Base64.getDecoder().decode(cursor.toString()), StandardCharsets.UTF_8)
                .substring("cursor:".length()));
  }

  /** Why the double refused, if that is what an error is about. */
  static Optional<Refusal> refusal(GraphQLError error) {
    return error instanceof ExceptionWhileDataFetching thrown
            && thrown.getException() instanceof Refusal refusal
        ? Optional.of(refusal)
        : Optional.empty();
  }

  static String typeOf(GraphQLError error) {
    return refusal(error)
        .map(refusal ->
            switch (refusal.status) {
              case 404 -> "NOT_FOUND";
              case 403 -> "FORBIDDEN";
              case 401 -> "INSUFFICIENT_SCOPES";
              default -> "UNPROCESSABLE";
            })
        .orElse(String.valueOf(error.getErrorType()));
  }
}
