package io.hyperloop.testing.github;

import io.hyperloop.testing.github.Pull.Said;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One repository as GitHub sees it: the git repository, and what is around it. Whoever calls holds
 * the lock on it; only {@link GitHubDouble} and what it hands out do.
 */
final class Forge {
  final String owner;
  final String name;
  final Bare git;
  final Ci ci = new Ci();

  /** Name in small letters to name as created: GitHub holds labels apart without regard to case. */
  final Map<String, String> labels = new LinkedHashMap<>();

  final Map<Integer, Pull> pulls = new TreeMap<>();
  Rules rules = Rules.NONE;
  boolean archived;
  boolean isPrivate;
  boolean autoMergeAllowed = true;
  String defaultBranch = "main";

  /** How many looks at a new pair of base and head find that nothing is known yet. */
  int looksInVain = 1;

  private final Map<String, Integer> looks = new HashMap<>();
  private Map<String, String> heads = Map.of();
  private final Map<String, Boolean> conflicts = new HashMap<>();
  private final Map<String, String> seenTips = new HashMap<>();
  private long nextId = 100;

  Forge(String owner, String name, Bare git) {
    this.owner = owner;
    this.name = name;
    this.git = git;
  }

  long id() {
    return nextId++;
  }

  Pull pull(int number) {
    Pull pull = pulls.get(number);
    if (pull == null) {
      throw new Refusal(404, "Not Found");
    }
    return pull;
  }

  /** Looks at what was pushed since, as GitHub does after each push. */
  void follow() {
    heads = git.heads();
    for (Pull pull : pulls.values()) {
      if (pull.open) {
        String now = heads.get(pull.branch);
        if (now == null) {
          pull.open = false;
        } else if (!now.equals(pull.head)) {
          pull.head = now;
          pull.handover = null;
          git.keep(pull.number, now);
        }
      }
    }
    for (String base : bases()) {
      String tip = heads.getOrDefault(base, "");
      if (!tip.isEmpty() && !tip.equals(seenTips.put(base, tip))) {
        Set<String> merged = git.branchesIn(tip);
        pulls.values().stream()
            .filter(pull -> pull.open && pull.base.equals(base) && merged.contains(pull.branch))
            .forEach(pull -> end(pull, tip));
      }
    }
    pulls.values().stream().filter(pull -> pull.open).forEach(pull -> ci.begin(pull.head));
  }

  /** Where a branch stood when last looked at. */
  Optional<String> head(String branch) {
    return Optional.ofNullable(heads.get(branch));
  }

  private Collection<String> bases() {
    return pulls.values().stream().map(pull -> pull.base).distinct().toList();
  }

  Pull open(String branch, String base, String title, String body, boolean draft, Account author) {
    String head = git.head(branch).orElseThrow(() -> invalid("head"));
    String tip = git.head(base).orElseThrow(() -> invalid("base"));
    for (Pull other : pulls.values()) {
      if (other.open && other.branch.equals(branch) && other.base.equals(base)) {
        throw custom("A pull request already exists for " + owner + ":" + branch + ".");
      }
    }
    if (git.ahead(tip, head) == 0) {
      throw custom("No commits between " + base + " and " + branch);
    }
    if (title.isBlank()) {
      throw invalid("title");
    }
    int number = pulls.size() + 1;
    var pull = new Pull(number, branch, base, head, author);
    pull.draft = draft;
    edit(pull, title, body);
    git.keep(number, head);
    pulls.put(number, pull);
    ci.begin(head);
    return pull;
  }

  /** GitHub counts characters, not UTF-16 units. */
  void edit(Pull pull, String title, String body) {
    if (title.codePointCount(0, title.length()) > 256) {
      throw custom("title is too long (maximum is 256 characters)");
    }
    if (body.codePointCount(0, body.length()) > 65_536) {
      throw custom("body is too long (maximum is 65536 characters)");
    }
    pull.title = title;
    pull.body = body;
  }

  static Refusal custom(String message) {
    return new Refusal(
        422,
        "Validation Failed",
        List.of(Map.of("resource", "PullRequest", "code", "custom", "message", message)));
  }

  static Refusal invalid(String field) {
    return new Refusal(
        422,
        "Validation Failed",
        List.of(Map.of("resource", "PullRequest", "field", field, "code", "invalid")));
  }

  void createLabel(String label) {
    if (label.isEmpty() || label.codePointCount(0, label.length()) > 50 || label.contains(",")) {
      throw invalid("name");
    }
    if (labels.putIfAbsent(label.toLowerCase(Locale.ROOT), label) != null) {
      throw new Refusal(
          422,
          "Validation Failed",
          List.of(Map.of("resource", "Label", "code", "already_exists", "field", "name")));
    }
  }

  /** GitHub creates labels that are put on and missing. */
  void putOn(Pull pull, String label) {
    if (!labels.containsKey(label.toLowerCase(Locale.ROOT))) {
      createLabel(label);
    }
    pull.labels.add(labels.getOrDefault(label.toLowerCase(Locale.ROOT), label));
  }

  Said comment(Pull pull, Account author, String body) {
    if (body.codePointCount(0, body.length()) > 65_536) {
      throw custom("Body is too long (maximum is 65536 characters)");
    }
    var said = new Said(id(), author, body, "", pull.head, "", 0, false);
    pull.comments.add(said);
    return said;
  }

  void end(Pull pull, String mergeCommit) {
    pull.mergeCommit = mergeCommit;
    pull.open = false;
    pull.handover = null;
  }

  /** A tick of the clock that GitHub's own machines run by. */
  void tick() {
    ci.tick();
    for (Pull pull : new ArrayList<>(pulls.values())) {
      if (pull.open && pull.handover != null) {
        new Landing(this).tryHandover(pull);
      }
    }
    follow();
  }

  /** Whether it is known yet how a head fits its base; every look helps. */
  boolean known(String base, String head) {
    return looks.merge(base + head, 1, Integer::sum) > looksInVain;
  }

  boolean isKnown(String base, String head) {
    return looks.getOrDefault(base + head, 0) > looksInVain;
  }

  boolean conflicts(String base, String head) {
    return conflicts.computeIfAbsent(base + head, _ -> git.merged(base, head).isEmpty());
  }
}
