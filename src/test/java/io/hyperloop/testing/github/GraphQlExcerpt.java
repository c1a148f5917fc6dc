package io.hyperloop.testing.github;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.idl.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of GitHub's GraphQL schema around some types: their fields of each other's types, with
 * the interfaces, unions, scalars, enums and inputs that these need.
 */
final class GraphQlExcerpt {
  private static final Set<String> QUERIES =
      Set.of("id", "node", "nodes", "rateLimit", "repository", "viewer");
  private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

  private final Map<String, Definition<?>> published = new HashMap<>();
  private final Set<String> objects;
  private final Set<String> needed = new TreeSet<>();

  private GraphQlExcerpt(Document document, Set<String> objects) {
    this.objects = objects;
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof NamedNode<?> named) {
        published.put(named.getName(), definition);
      }
    }
  }

  /** Cuts it out of the schema's text. */
  static String of(String schema, List<String> types) {
    ParserOptions options =
        ParserOptions.newParserOptions()
            .maxCharacters(Integer.MAX_VALUE)
            .maxTokens(Integer.MAX_VALUE)
            .maxWhitespaceTokens(Integer.MAX_VALUE)
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .captureSourceLocation(false)
            .build();
    Document document =
        new Parser()
            .parseDocument(
                ParserEnvironment.newParserEnvironment()
                    .document(schema)
                    .parserOptions(options)
                    .build());
    return new GraphQlExcerpt(document, new TreeSet<>(types)).text();
  }

  @SuppressWarnings("rawtypes") // As graphql-java has them.
  private String text() {
    var definitions = new ArrayList<Definition>();
    definitions.add(object("Query"));
    definitions.add(object("Mutation"));
    for (String name : objects) {
      definitions.add(object(name));
    }
    var done = new TreeSet<String>();
    for (var open = new TreeSet<>(needed); !open.isEmpty(); open.removeAll(done)) {
      String name = open.first();
      done.add(name);
      definitions.add(other(name));
      open.addAll(needed);
    }
    return AstPrinter.printAst(Document.newDocument().definitions(definitions).build());
  }

  private ObjectTypeDefinition object(String name) {
    var type = (ObjectTypeDefinition) defined(name);
    List<FieldDefinition> fields =
        type.getFieldDefinitions().stream()
            .filter(field -> wanted(name, field))
            .map(this::plain)
            .toList();
    return type.transform(builder ->
        builder
            .description(null)
            .comments(List.of())
            .directives(List.of())
            .fieldDefinitions(fields)
            .implementz(interfaces(type.getImplements())));
  }

  private boolean wanted(String owner, FieldDefinition field) {
    String type = nameOf(field.getType());
    return switch (owner) {
      case "Query" -> QUERIES.contains(field.getName());
      case "Mutation" -> objects.contains(type);
      default -> known(type);
    };
  }

  /** One of the types, or one that has no way on to others. */
  private boolean known(String type) {
    return switch (published.get(type)) {
      case ScalarTypeDefinition _, EnumTypeDefinition _ -> true;
      case UnionTypeDefinition union ->
          union.getMemberTypes().stream().anyMatch(member -> objects.contains(nameOf(member)));
      case null -> true;
      default -> objects.contains(type) || type.equals("Actor") || type.equals("Node");
    };
  }

  private FieldDefinition plain(FieldDefinition field) {
    need(field.getType());
    return field.transform(builder ->
        builder
            .description(null)
            .comments(List.of())
            .directives(List.of())
            .inputValueDefinitions(inputs(field.getInputValueDefinitions())));
  }

  private List<InputValueDefinition> inputs(List<InputValueDefinition> inputs) {
    inputs.forEach(input -> need(input.getType()));
    return inputs.stream()
        .map(input ->
            input.transform(
                builder -> builder.description(null).comments(List.of()).directives(List.of())))
        .toList();
  }

  /** Interfaces that a kept field or type leads to. */
  @SuppressWarnings("rawtypes") // As graphql-java has them.
  private List<Type> interfaces(List<Type> all) {
    return all.stream()
        .filter(type -> Set.of("Actor", "Node", "RequirableByPullRequest").contains(nameOf(type)))
        .peek(this::need)
        .toList();
  }

  private Definition<?> other(String name) {
    return switch (defined(name)) {
      case InterfaceTypeDefinition type ->
          type.transform(builder ->
              builder
                  .description(null)
                  .comments(List.of())
                  .directives(List.of())
                  .implementz(List.of())
                  .definitions(
                      type.getFieldDefinitions().stream()
                          .filter(field -> known(nameOf(field.getType())))
                          .map(this::plain)
                          .toList()));
      case UnionTypeDefinition type ->
          type.transform(builder ->
              builder
                  .description(null)
                  .comments(List.of())
                  .memberTypes(
                      type.getMemberTypes().stream()
                          .filter(member -> objects.contains(nameOf(member)))
                          .toList()));
      case InputObjectTypeDefinition type ->
          type.transform(builder ->
              builder
                  .description(null)
                  .comments(List.of())
                  .directives(List.of())
                  .inputValueDefinitions(inputs(type.getInputValueDefinitions())));
      case EnumTypeDefinition type ->
          type.transform(builder ->
              builder
                  .description(null)
                  .comments(List.of())
                  .directives(List.of())
                  .enumValueDefinitions(
                      type.getEnumValueDefinitions().stream()
                          .map(value ->
                              value.transform(v ->
                                  v.description(null).comments(List.of()).directives(List.of())))
                          .toList()));
      case ScalarTypeDefinition type ->
          type.transform(
              builder -> builder.description(null).comments(List.of()).directives(List.of()));
      case Definition<?> type -> throw new IllegalStateException("no rule for " + type);
    };
  }

  private void need(Type<?> type) {
    String name = nameOf(type);
    if (!objects.contains(name) && !BUILT_IN.contains(name)) {
      needed.add(name);
    }
  }

  private Definition<?> defined(String name) {
    Definition<?> definition = published.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("GitHub publishes no type " + name);
    }
    return definition;
  }

  private static String nameOf(Type<?> type) {
    TypeName name = TypeInfo.typeInfo(type).getTypeName();
    return name.getName();
  }
}
