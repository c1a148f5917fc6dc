package io.hyperloop.testing.github;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The excerpts that lie beside the tests, and how they come from what GitHub publishes. */
public final class PublishedExcerpt {
  static final Path FOLDER = Path.of("src/test/resources/github");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private PublishedExcerpt() {}

  /** The description of REST, as text. */
  static String openApi() {
    return resource("openapi.json");
  }

  /** The schema of GraphQL, as text. */
  static String graphQl() {
    return resource("schema.graphql");
  }

  /** What the first should be, given the whole description. */
  static String openApiFrom(Path description) {
    return JSON.writeValueAsString(
            OpenApiExcerpt.of(JSON.readTree(description.toFile()), lines("operations.txt")))
        + "\n";
  }

  /** What the second should be, given the whole schema. */
  static String graphQlFrom(Path schema) {
    try {
      return GraphQlExcerpt.of(Files.readString(schema), lines("types.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes both anew: {@code <openapi package> <graphql package>}. */
  public static void main(String[] packages) throws IOException {
    Files.writeString(FOLDER.resolve("openapi.json"), openApiFrom(Path.of(packages[0])));
    Files.writeString(FOLDER.resolve("schema.graphql"), graphQlFrom(Path.of(packages[1])));
  }

  private static List<String> lines(String name) {
    return resource(name).lines().toList();
  }

  private static String resource(String name) {
    try (InputStream in = PublishedExcerpt.class.getResourceAsStream("/github/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no test resource github/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
