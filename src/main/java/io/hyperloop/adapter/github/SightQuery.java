package io.hyperloop.adapter.github;

import java.util.List;

/**
 * The questions by which many pull requests are looked at in one request. Their cost in points is
 * the number of lists they open, divided by a hundred: so the discussions of lines, lists in lists,
 * are asked for only where there are any.
 *
 * @see <a
 *     href="https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api">
 *     Rate limits of the GraphQL API</a>
 */
final class SightQuery {
  /** How many of each kind are listed; the newest. */
  static final int LISTED_MAX = 50;

  private static final String HEADER =
      "query($owner: String!, $name: String!, $most: Int!) {\n"
          + "  repository(owner: $owner, name: $name) {\n";

  private static final String FIELDS =
      """
      fragment sight on PullRequest {
        number url state isDraft headRefOid updatedAt totalCommentsCount
        mergeable mergeStateStatus isInMergeQueue
        mergeCommit { oid }
        autoMergeRequest { enabledAt }
        labels(first: 100) { nodes { name } pageInfo { hasNextPage } }
        reviews(last: $most) {
          nodes {
            id author { login } authorAssociation state body submittedAt createdAt
            commit { oid }
          }
          pageInfo { hasPreviousPage }
        }
        comments(last: $most) {
          nodes { id author { login } authorAssociation body createdAt }
          pageInfo { hasPreviousPage }
        }
        reviewThreads(last: 1) { totalCount }
      }
      """;

  private SightQuery() {}

  /** All but the discussions of lines. */
  static String sights(List<Integer> numbers) {
    var query = new StringBuilder(HEADER);
    for (int number : numbers) {
      query
          .append("    p%d: pullRequest(number: %d) {\n      ...sight\n".formatted(number, number))
          .append(checks(number))
          .append("    }\n");
    }
    return query.append("  }\n}\n").append(FIELDS).toString();
  }

  /** Whether a check is required can only be asked for one pull request, so by no fragment. */
  private static String checks(int number) {
    return """
          commits(last: 1) { nodes { commit { oid statusCheckRollup {
            contexts(first: 100) {
              nodes {
                __typename
                ... on CheckRun {
                  databaseId name status conclusion detailsUrl
                  isRequired(pullRequestNumber: %1$d)
                }
                ... on StatusContext {
                  context state targetUrl isRequired(pullRequestNumber: %1$d)
                }
              }
              pageInfo { hasNextPage }
            }
          } } } }
    """
        .formatted(number);
  }

  /** The discussions of lines. */
  static String discussions(List<Integer> numbers) {
    var query = new StringBuilder(HEADER);
    for (int number : numbers) {
      query.append(
          "    p%d: pullRequest(number: %d) { ...discussions }\n".formatted(number, number));
    }
    return query
        .append("  }\n}\n")
        .append(
            """
            fragment discussions on PullRequest {
              reviewThreads(last: $most) {
                nodes {
                  isResolved path line
                  comments(first: 10) {
                    nodes { id author { login } authorAssociation body createdAt }
                    pageInfo { hasNextPage }
                  }
                }
                pageInfo { hasPreviousPage }
              }
            }
            """)
        .toString();
  }
}
