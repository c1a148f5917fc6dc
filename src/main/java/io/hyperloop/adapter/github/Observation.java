package io.hyperloop.adapter.github;

import io.hyperloop.adapter.github.SightReader.Remarks;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Looks at many pull requests in few requests. */
final class Observation {
  /** More in one request, and GitHub may not answer within its ten seconds. */
  private static final int BATCH = 100;

  private final GraphQl graphQl;
  private final Refusals refusals;
  private final String owner;
  private final String name;
  private final Map<Integer, Known> discussions = new ConcurrentHashMap<>();

  /** Whose checks the token may not read, or GitHub could not tell. */
  private final Set<Integer> unread = ConcurrentHashMap.newKeySet();

  /**
   * Remarks as they were when the pull request was as it is.
   *
   * @param version changes whenever anything is said
   */
  private record Known(String version, Remarks remarks) {}

  Observation(GraphQl graphQl, Refusals refusals, String owner, String name) {
    this.graphQl = graphQl;
    this.refusals = refusals;
    this.owner = owner;
    this.name = name;
  }

  synchronized Map<Integer, PullRequestSight> of(Collection<Integer> numbers) {
    discussions.keySet().retainAll(numbers);
    unread.clear();
    Map<Integer, JsonNode> seen = all(numbers, SightQuery::sights);
    var talked = new ArrayList<Integer>();
    seen.forEach((number, node) -> {
      if (node.path("reviewThreads").path("totalCount").asInt(0) == 0) {
        discussions.remove(number);
      } else if (!version(node).equals(known(number).version())) {
        talked.add(number);
      }
    });
    all(talked, SightQuery::discussions)
        .forEach((number, node) -> {
          String version = version(Objects.requireNonNull(seen.get(number)));
          discussions.put(number, new Known(version, SightReader.remarks(node)));
        });
    var sights = new TreeMap<Integer, PullRequestSight>();
    seen.forEach((number, node) ->
        sights.put(
            number, SightReader.sight(node, known(number).remarks(), !unread.contains(number))));
    return sights;
  }

  private Known known(int number) {
    return discussions.getOrDefault(number, new Known("", Remarks.NONE));
  }

  /** GitHub changes the first with every comment and review, the second with every comment. */
  private static String version(JsonNode node) {
    return node.path("updatedAt").asString("")
        + " "
        + node.path("totalCommentsCount").asInt(0)
        + " "
        + node.path("reviewThreads").path("totalCount").asInt(0);
  }

  private Map<Integer, JsonNode> all(
      Collection<Integer> numbers, Function<List<Integer>, String> query) {
    var answers = new HashMap<Integer, JsonNode>();
    List<Integer> open = List.copyOf(new TreeSet<>(numbers));
    for (int from = 0; from < open.size(); from += BATCH) {
      ask(open.subList(from, Math.min(from + BATCH, open.size())), query, answers);
    }
    return answers;
  }

  /** Half of them at a time where it is too much for GitHub, or for us. */
  private void ask(
      List<Integer> numbers,
      Function<List<Integer>, String> query,
      Map<Integer, JsonNode> answers) {
    try {
      take(numbers, query.apply(numbers), SightQuery.LISTED_MAX, answers);
    } catch (Wire.TooMuch e) {
      if (numbers.size() == 1) {
        askLittle(numbers, query.apply(numbers), answers);
      } else {
        int half = numbers.size() / 2;
        ask(numbers.subList(0, half), query, answers);
        ask(numbers.subList(half, numbers.size()), query, answers);
      }
    }
  }

  private void askLittle(List<Integer> number, String query, Map<Integer, JsonNode> answers) {
    try {
      take(number, query, 1, answers);
    } catch (Wire.TooMuch e) {
      throw e.failure();
    }
  }

  private void take(List<Integer> numbers, String query, int most, Map<Integer, JsonNode> answers) {
    GraphQl.Result result = graphQl.ask(query, Map.of("owner", owner, "name", name, "most", most));
    JsonNode repository = result.data().path("repository");
    if (!repository.isObject() && numbers.size() > 1 && result.said().contains("timeout")) {
      throw new Wire.TooMuch(unforeseen(result));
    }
    if (!repository.isObject()) {
      throw result.has("NOT_FOUND") ? refusals.missing(result.reply()) : unforeseen(result);
    }
    for (int number : numbers) {
      JsonNode node = repository.path("p" + number);
      if (node.isObject()) {
        answers.put(number, node);
      }
      String checks = "p" + number + "/commits";
      if (result.errors().stream().anyMatch(error -> error.path().contains(checks))) {
        unread.add(number);
      }
    }
    boolean others = result.errors().stream().anyMatch(error -> !error.type().equals("NOT_FOUND"));
    if (others && answers.keySet().stream().noneMatch(numbers::contains)) {
      throw unforeseen(result);
    }
  }

  private PortFailure unforeseen(GraphQl.Result result) {
    return refusals.unreachable("GitHub could not be asked: " + result.said(), "POST graphql");
  }
}
