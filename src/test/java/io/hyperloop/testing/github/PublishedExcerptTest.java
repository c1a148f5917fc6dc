package io.hyperloop.testing.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.NpmPackages;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The excerpts beside the tests are what GitHub published. */
@Tag("agents")
class PublishedExcerptTest {
  private static final String OPEN_API = "23.0.2";
  private static final String GRAPHQL = "15.26.1";

  @Test
  void theDescriptionOfRestIsTheOnePublished() {
    assertThat(
            PublishedExcerpt.openApiFrom(
                NpmPackages.file("@octokit/openapi", OPEN_API, "generated/api.github.com.json")))
        .isEqualTo(PublishedExcerpt.openApi());
  }

  @Test
  void theSchemaOfGraphQlIsTheOnePublished() {
    assertThat(
            PublishedExcerpt.graphQlFrom(
                NpmPackages.file("@octokit/graphql-schema", GRAPHQL, "schema.graphql")))
        .isEqualTo(PublishedExcerpt.graphQl());
  }
}
