package io.hyperloop.adapter.github;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPullRequest;

/** Labels, made where they are missing. */
final class GitHubLabels {
  private static final String COLOUR = "ededed";

  private final GitHubRepository repository;
  private final Hub4j hub4j;
  private final Refusals refusals;

  /** Those known to be there, in small letters as GitHub compares them. */
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  GitHubLabels(GitHubRepository repository, Hub4j hub4j, Refusals refusals) {
    this.repository = repository;
    this.hub4j = hub4j;
    this.refusals = refusals;
  }

  /** Puts those on that are not. */
  void putOn(GHPullRequest pull, List<String> wanted) {
    Set<String> has =
        pull.getLabels().stream()
            .map(label -> label.getName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<String> missing =
        wanted.stream()
            .map(Fit::label)
            .filter(label -> !label.isEmpty() && !has.contains(label.toLowerCase(Locale.ROOT)))
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      missing.forEach(this::create);
      List<GHLabel> unused = hub4j.call(() -> pull.addLabels(missing.toArray(String[]::new)));
    }
  }

  private void create(String label) {
    if (known.contains(label.toLowerCase(Locale.ROOT))) {
      return;
    }
    try {
      GHLabel unused = hub4j.call(() -> repository.get().createLabel(label, COLOUR));
    } catch (Hub4j.Refused refused) {
      if (!refused.said.contains("already_exists")) {
        throw refusals.ofTask("GitHub does not take the label " + label, refused.said, "");
      }
    }
    var unused = known.add(label.toLowerCase(Locale.ROOT));
  }
}
