package io.hyperloop.adapter.github;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.PullRequests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.github.GHIssueComment;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pull requests on GitHub. Reading and writing them is hub4j's; what REST cannot tell of many at
 * once, and what hub4j does not know, is asked for directly, over the same wire.
 */
public final class GitHubPullRequests implements PullRequests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LOG_MAX = 64 << 10;

  private final GitHubRepository repository;
  private final Hub4j hub4j;
  private final Refusals refusals;
  private final Rests rests;
  private final Wire wire;
  private final GraphQl graphQl;
  private final Observation observation;
  private final Merging merging;
  private final String root;

  private final GitHubLabels labels;

  /**
   * @param repository {@code owner/name}
   */
  public GitHubPullRequests(ApiAddress address, GitHubToken token, String repository, Clock clock) {
    this.rests = new Rests(clock);
    this.refusals = new Refusals(address, token, repository);
    this.wire = new Wire(address, token, rests, refusals);
    this.repository = new GitHubRepository(address, wire, refusals, repository);
    this.hub4j = new Hub4j(refusals);
    this.labels = new GitHubLabels(this.repository, hub4j, refusals);
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
    return hub4j.call(() -> {
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
    } catch (Hub4j.Refused refused) {
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
    return hub4j.call(() ->
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
    labels.putOn(pull, proposal.labels());
    boolean draft = hub4j.call(pull::isDraft);
    return new PullRequest(
        pull.getNumber(), pull.getHtmlUrl().toString(), pull.getHead().getSha(), draft, created);
  }

  @Override
  public void ready(int number) {
    GHPullRequest pull = get(number);
    if (pull.getState() == GHIssueState.OPEN && hub4j.call(pull::isDraft)) {
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
      String path = root + "/issues/" + number + "/labels/" + Fit.segment(Fit.label(label));
      Reply reply = wire.rest("DELETE", path, null);
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
      hub4j.call(() -> {
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
        hub4j.call(() -> {
          for (GHIssueComment comment : pull.listComments()) {
            if (comment.getBody() != null && Marker.is(key, comment.getBody())) {
              return true;
            }
          }
          return false;
        });
    if (!there) {
      GHIssueComment unused = hub4j.call(() -> pull.comment(text));
    }
  }

  private GHPullRequest get(int number) {
    try {
      return hub4j.call(() -> repository.get().getPullRequest(number));
    } catch (Hub4j.Refused refused) {
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
}
