package io.hyperloop.adapter.github;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.PullRequests;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.HttpException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pull requests on GitHub. Reading and writing them is hub4j's; what REST cannot tell of many at
 * once, and what hub4j does not know, is asked for directly, over the same wire.
 */
public final class GitHubPullRequests implements PullRequests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LABEL_COLOUR = "ededed";
  private static final int LOG_MAX = 64 << 10;

  private final GitHubRepository repository;
  private final Refusals refusals;
  private final Rests rests;
  private final Wire wire;
  private final GraphQl graphQl;
  private final Observation observation;
  private final Merging merging;
  private final String root;

  /** Labels that are known to be there, in small letters as GitHub compares them. */
  private final Set<String> labels = ConcurrentHashMap.newKeySet();

  /**
   * @param repository {@code owner/name}
   */
  public GitHubPullRequests(ApiAddress address, GitHubToken token, String repository, Clock clock) {
    this.rests = new Rests(clock);
    this.refusals = new Refusals(address, token, repository);
    this.wire = new Wire(address, token, rests, refusals);
    this.repository = new GitHubRepository(address, wire, refusals, repository);
    this.graphQl = new GraphQl(wire, rests, refusals);
    this.root = "/repos/" + repository;
    this.observation =
        new Observation(graphQl, refusals, this.repository.owner(), this.repository.name());
    this.merging = new Merging(wire, graphQl, refusals, root + "/pulls/");
  }

  /** The repository that they are of. */
  public GitHubRepository repository() {
    return repository;
  }

  @Override
  public PullRequest ensure(Proposal proposal) {
    Optional<GHPullRequest> open = find(proposal);
    if (open.isEmpty()) {
      open = create(proposal);
      boolean created = open.isPresent();
      // Somebody was faster, or an answer was lost on the way.
      GHPullRequest pull = open.or(() -> find(proposal)).orElseThrow(() -> vanished(proposal));
      return update(pull, proposal, created);
    }
    return update(open.get(), proposal, false);
  }

  private PortFailure vanished(Proposal proposal) {
    return refusals.unreachable(
        "GitHub says that there is a pull request of " + proposal.branch() + ", and shows none",
        "POST " + root + "/pulls");
  }

  private Optional<GHPullRequest> find(Proposal proposal) {
    return call(() -> {
      for (GHPullRequest pull :
          repository
              .get()
              .queryPullRequests()
              .state(GHIssueState.OPEN)
              .head(repository.owner() + ":" + proposal.branch())
              .base(proposal.base())
              .list()) {
        return Optional.of(pull);
      }
      return Optional.empty();
    });
  }

  /** Empty if GitHub says that there is one. */
  private Optional<GHPullRequest> create(Proposal proposal) {
    try {
      return Optional.of(create(proposal, proposal.draft()));
    } catch (Refused refused) {
      String said = refused.said.toLowerCase(Locale.ROOT);
      if (said.contains("already exists")) {
        return Optional.empty();
      }
      if (said.contains("draft pull requests are not supported")) {
        return Optional.of(create(proposal, false));
      }
      throw refusals.ofTask(
          "GitHub opens no pull request of " + proposal.branch() + " into " + proposal.base(),
          refused.said,
          "look whether the branch is there and has commits that " + proposal.base() + " lacks");
    }
  }

  private GHPullRequest create(Proposal proposal, boolean draft) {
    return call(() ->
        repository
            .get()
            .createPullRequest(
                Fit.title(proposal.title()),
                proposal.branch(),
                proposal.base(),
                Fit.body(proposal.body()),
                true,
                draft));
  }

  private PullRequest update(GHPullRequest pull, Proposal proposal, boolean created) {
    var changed = new HashMap<String, Object>();
    String title = Fit.title(proposal.title());
    String body = Fit.body(proposal.body());
    if (!title.equals(pull.getTitle())) {
      changed.put("title", title);
    }
    if (!body.equals(pull.getBody() == null ? "" : pull.getBody().replace("\r\n", "\n"))) {
      changed.put("body", body);
    }
    if (!changed.isEmpty()) {
      Reply reply =
          wire.rest("PATCH", root + "/pulls/" + pull.getNumber(), JSON.writeValueAsString(changed));
      if (!reply.ok()) {
        throw refusals.ofTask("GitHub does not change #" + pull.getNumber(), reply, "");
      }
    }
    putOn(pull, proposal.labels());
    boolean draft = call(pull::isDraft);
    return new PullRequest(
        pull.getNumber(), pull.getHtmlUrl().toString(), pull.getHead().getSha(), draft, created);
  }

  private void putOn(GHPullRequest pull, List<String> wanted) {
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
      List<GHLabel> unused = call(() -> pull.addLabels(missing.toArray(String[]::new)));
    }
  }

  private void create(String label) {
    if (labels.contains(label.toLowerCase(Locale.ROOT))) {
      return;
    }
    try {
      GHLabel unused = call(() -> repository.get().createLabel(label, LABEL_COLOUR));
    } catch (Refused refused) {
      if (!refused.said.contains("already_exists")) {
        throw refusals.ofTask(
            "GitHub does not take the label " + label, refused.said, "rename the spec");
      }
    }
    labels.add(label.toLowerCase(Locale.ROOT));
  }

  @Override
  public void ready(int number) {
    GHPullRequest pull = get(number);
    if (pull.getState() == GHIssueState.OPEN && call(pull::isDraft)) {
      GraphQl.Result result =
          graphQl.ask(
              "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id})"
                  + " { clientMutationId } }",
              Map.of("id", pull.getNodeId()));
      if (!result.errors().isEmpty()) {
        throw refusals.ofTask(
            "GitHub does not make #" + number + " ready for review", result.said(), "");
      }
    }
  }

  @Override
  public void unlabel(int number, Collection<String> labels) {
    for (String label : labels) {
      String name = URLEncoder.encode(Fit.label(label), StandardCharsets.UTF_8).replace("+", "%20");
      Reply reply = wire.rest("DELETE", root + "/issues/" + number + "/labels/" + name, null);
      if (!reply.ok() && reply.status() != 404) {
        throw refusals.ofTask("GitHub does not take a label off #" + number, reply, "");
      }
    }
  }

  @Override
  public void close(int number, String key, String comment) {
    GHPullRequest pull = get(number);
    if (pull.getState() == GHIssueState.OPEN) {
      comment(pull, key, comment);
      call(() -> {
        pull.close();
        return true;
      });
    }
  }

  @Override
  public void comment(int number, String key, String body) {
    comment(get(number), key, body);
  }

  private void comment(GHPullRequest pull, String key, String body) {
    String text = Fit.body(Marker.on(key, body));
    boolean there =
        call(() -> {
          for (GHIssueComment comment : pull.listComments()) {
            if (comment.getBody() != null && Marker.is(key, comment.getBody())) {
              return true;
            }
          }
          return false;
        });
    if (!there) {
      GHIssueComment unused = call(() -> pull.comment(text));
    }
  }

  private GHPullRequest get(int number) {
    try {
      return call(() -> repository.get().getPullRequest(number));
    } catch (Refused refused) {
      throw refusals.ofTask("there is no pull request #" + number, refused.said, "");
    }
  }

  @Override
  public Map<Integer, PullRequestSight> observe(Collection<Integer> numbers) {
    return observation.of(numbers);
  }

  @Override
  public MergeAnswer merge(Merge order) {
    return merging.merge(order);
  }

  @Override
  public Update updateBranch(int number, String expectedHead) {
    return merging.update(number, expectedHead);
  }

  @Override
  public String failedJobLog(long job) {
    if (job <= 0) {
      return "";
    }
    Reply reply = wire.rest("GET", root + "/actions/jobs/" + job + "/logs", null);
    String place = reply.header("Location");
    if (reply.status() != 302 || place.isEmpty()) {
      return "";
    }
    byte[] tail;
    try {
      tail = wire.tailElsewhere(reply.uri().resolve(URI.create(place)), LOG_MAX);
    } catch (IllegalArgumentException e) {
      return "";
    }
    String text = new String(tail, StandardCharsets.UTF_8);
    return tail.length < LOG_MAX ? text : text.substring(text.indexOf('\n') + 1);
  }

  @Override
  public Optional<Pause> pause() {
    return rests.pause();
  }

  /** Something that hub4j does. */
  @FunctionalInterface
  private interface Asked<T> {
    T ask() throws IOException;
  }

  /**
   * Asks by hub4j.
   *
   * @throws Refused if GitHub says no to what was asked
   */
  private <T> T call(Asked<T> asked) {
    try {
      return asked.ask();
    } catch (GHFileNotFoundException e) {
      throw new Refused(text(e.getMessage()));
    } catch (HttpException e) {
      if (e.getResponseCode() > 0) {
        throw new Refused(text(e.getMessage()));
      }
      throw refusals.unreachable("GitHub's answer is none: " + text(e.getMessage()), root);
    } catch (IOException e) {
      throw refusals.unreachable("GitHub's answer is none: " + text(e.getMessage()), root);
    }
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }

  /** GitHub says no to what was asked, in the body of its answer. */
  private static final class Refused extends RuntimeException {
    private final String said;

    Refused(String said) {
      super(said);
      this.said = said;
    }
  }
}
