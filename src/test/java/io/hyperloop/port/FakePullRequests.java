package io.hyperloop.port;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.State;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pull requests in memory, and the world around them. */
public final class FakePullRequests extends FakeForge implements PullRequests {
  private static final int LISTED_MAX = 50;
  private static final int LOG_MAX = 65_536;

  private @Nullable Pause pause;
  private @Nullable PortFailure down;

  /** From now on every call fails; null ends that. */
  public synchronized void down(@Nullable Problem problem) {
    down = problem == null ? null : new PortFailure(problem);
  }

  /** A rest is on; null ends it. */
  public synchronized void paused(@Nullable Pause until) {
    pause = until;
  }

  private void asked() {
    if (down != null) {
      throw down;
    }
    if (pause != null) {
      throw new PortFailure(Problem.environment("not asked until " + pause.until(), "", ""));
    }
    follow();
  }

  @Override
  public synchronized PullRequest ensure(Proposal proposal) {
    asked();
    FakePull pull =
        pulls.values().stream()
            .filter(one -> one.state == State.OPEN && one.branch.equals(proposal.branch()))
            .findFirst()
            .orElse(null);
    boolean created = pull == null;
    if (pull == null) {
      pull = open(proposal);
    }
    String title = cut(proposal.title().replaceAll("\\s+", " ").strip(), 256, "…");
    String body = cut(proposal.body(), 65_536, "(cut here)");
    if (!pull.title.equals(title) || !pull.body.equals(body)) {
      changes++;
      pull.title = title;
      pull.body = body;
    }
    for (String label : proposal.labels()) {
      changes += pull.labels.add(name(label)) ? 1 : 0;
    }
    return new PullRequest(pull.number, url(pull.number), pull.head, pull.draft, created);
  }

  private FakePull open(Proposal proposal) {
    String head =
        branches
            .head(proposal.branch())
            .orElseThrow(() -> ofTask("there is no branch " + proposal.branch()));
    if (branches.contains(branches.head(proposal.base()).orElseThrow(), head)) {
      throw ofTask("nothing new on " + proposal.branch());
    }
    var pull = new FakePull(pulls.size() + 1, proposal.branch(), proposal.base(), head);
    pull.draft = proposal.draft();
    pulls.put(pull.number, pull);
    changes++;
    return pull;
  }

  private static String url(int number) {
    return "https://forge.test/acme/widgets/pull/" + number;
  }

  private static String name(String label) {
    return cut(label.replaceAll("[\\s,]+", " ").strip(), 50, "…");
  }

  private static String cut(String text, int max, String note) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max - note.length())) + note;
  }

  @Override
  public synchronized void ready(int number) {
    asked();
    FakePull pull = get(number);
    if (pull.draft && pull.state == State.OPEN) {
      pull.draft = false;
      changes++;
    }
  }

  @Override
  public synchronized void unlabel(int number, Collection<String> labels) {
    asked();
    for (String label : labels) {
      changes += get(number).labels.remove(name(label)) ? 1 : 0;
    }
  }

  @Override
  public synchronized void close(int number, String key, String comment) {
    asked();
    FakePull pull = get(number);
    if (pull.state == State.OPEN) {
      comment(number, key, comment);
      pull.state = State.CLOSED;
      changes++;
    }
  }

  @Override
  public synchronized void comment(int number, String key, String body) {
    asked();
    FakePull pull = get(number);
    String line = MARKER + key + " -->";
    boolean there =
        pull.comments.stream()
            .anyMatch(one -> one.body().lines().findFirst().orElse("").equals(line));
    if (!there) {
      changes++;
      String text = line + "\n" + body.replace(MARKER, "<!-- hyperloop ");
      say(pull, "hyperloop", Association.OWNER, text, "");
    }
  }

  @Override
  public synchronized Map<Integer, PullRequestSight> observe(Collection<Integer> numbers) {
    asked();
    var sights = new TreeMap<Integer, PullRequestSight>();
    numbers.stream()
        .map(pulls::get)
        .filter(Objects::nonNull)
        .forEach(pull -> sights.put(pull.number, sight(pull)));
    return sights;
  }

  private PullRequestSight sight(FakePull pull) {
    int all = pull.comments.size();
    return new PullRequestSight(
        pull.number,
        url(pull.number),
        pull.state,
        pull.draft,
        pull.head,
        pull.mergeCommit,
        mergeable(pull),
        pull.handover != null,
        pull.labels,
        pull.reviews,
        pull.comments.subList(Math.max(0, all - LISTED_MAX), all),
        List.copyOf(checksOf(pull.head).values()),
        all > LISTED_MAX ? Set.of("comments") : Set.of());
  }

  @Override
  public synchronized MergeAnswer merge(Merge order) {
    asked();
    FakePull pull = get(order.number());
    if (pull.mergeCommit != null) {
      return new MergeAnswer.AlreadyMerged(pull.mergeCommit, pull.head);
    }
    if (pull.state == State.CLOSED) {
      return new MergeAnswer.Closed();
    }
    if (!pull.head.equals(order.head())) {
      return new MergeAnswer.HeadMoved(pull.head);
    }
    if (pull.draft) {
      return new MergeAnswer.NotYet("it is a draft");
    }
    return switch (mergeable(pull)) {
      case CONFLICT -> new MergeAnswer.Dirty();
      case BEHIND -> order.via() == Via.QUEUE ? later(pull, order) : new MergeAnswer.Behind();
      case BLOCKED ->
          order.via() == Via.DIRECT
              ? new MergeAnswer.Blocked("a rule is not met")
              : later(pull, order);
      case YES, UNSTABLE -> {
        if (order.via() == Via.QUEUE) {
          yield later(pull, order);
        }
        if (queue) {
          yield new MergeAnswer.Blocked("merge through the queue");
        }
        land(pull, order.method());
        yield new MergeAnswer.Merged(Objects.requireNonNull(pull.mergeCommit));
      }
      case UNKNOWN -> new MergeAnswer.NotYet("unknown");
    };
  }

  private MergeAnswer later(FakePull pull, Merge order) {
    changes += pull.handover == null ? 1 : 0;
    pull.handover = order;
    return new MergeAnswer.NotYet("it is merged when it may be");
  }

  @Override
  public synchronized Update updateBranch(int number, String expectedHead) {
    asked();
    FakePull pull = get(number);
    if (pull.state != State.OPEN) {
      return Update.CLOSED;
    }
    if (!pull.head.equals(expectedHead)) {
      return Update.HEAD_MOVED;
    }
    String tip = branches.head(pull.base).orElseThrow();
    if (branches.contains(pull.head, tip)) {
      return Update.CURRENT;
    }
    Map<String, String> files = branches.merged(tip, pull.head).orElse(null);
    if (files == null) {
      return Update.CONFLICT;
    }
    branches.move(pull.branch, branches.commit(files, List.of(pull.head, tip)));
    changes++;
    follow();
    return Update.UPDATING;
  }

  @Override
  public synchronized String failedJobLog(long job) {
    asked();
    String log = logs.getOrDefault(job, "");
    return log.length() <= LOG_MAX ? log : log.substring(log.length() - LOG_MAX);
  }

  @Override
  public synchronized Optional<Pause> pause() {
    return Optional.ofNullable(pause);
  }
}
