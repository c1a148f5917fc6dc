package io.hyperloop.port;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the pull requests in memory are about: branches, people, checks, rules. */
public class FakeForge implements PullRequestsWorld {
  static final String MARKER = "<!-- hyperloop:";

  final FakeBranches branches = new FakeBranches("main");
  final Map<Integer, FakePull> pulls = new TreeMap<>();
  final Map<Long, String> logs = new HashMap<>();
  boolean queue;
  int changes;
  private final Map<String, Map<String, Check>> checks = new HashMap<>();
  private Set<String> required = Set.of();
  private boolean upToDate;
  private long ids;

  FakeForge() {}

  /** What was pushed is seen. */
  final void follow() {
    for (FakePull pull : pulls.values()) {
      if (pull.state == State.OPEN) {
        String now = branches.head(pull.branch).orElse(null);
        if (now == null) {
          pull.state = State.CLOSED;
        } else if (!now.equals(pull.head)) {
          pull.head = now;
          pull.handover = null;
        }
        String tip = branches.head(pull.base).orElseThrow();
        if (pull.state == State.OPEN && branches.contains(tip, pull.head)) {
          pull.merged(tip);
        }
      }
    }
  }

  final FakePull get(int number) {
    FakePull pull = pulls.get(number);
    if (pull == null) {
      throw ofTask("there is no pull request #" + number);
    }
    return pull;
  }

  static PortFailure ofTask(String what) {
    return new PortFailure(new Problem(Problem.Kind.ENVIRONMENT, Problem.Scope.TASK, what, "", ""));
  }

  final void say(FakePull pull, String who, Association association, String body, String place) {
    String id = "comment-" + ++ids;
    boolean ours = body.startsWith(MARKER);
    pull.comments.add(
        new Comment(id, who, association, body, ours, place, false, Instant.ofEpochSecond(ids)));
  }

  final Map<String, Check> checksOf(String head) {
    return checks.getOrDefault(head, Map.of());
  }

  final Mergeable mergeable(FakePull pull) {
    if (pull.state != State.OPEN) {
      return Mergeable.UNKNOWN;
    }
    String tip = branches.head(pull.base).orElseThrow();
    if (branches.merged(tip, pull.head).isEmpty()) {
      return Mergeable.CONFLICT;
    }
    if (upToDate && !branches.contains(pull.head, tip)) {
      return Mergeable.BEHIND;
    }
    boolean met = required.stream().allMatch(name -> passed(checksOf(pull.head).get(name)));
    if (!met || pull.draft) {
      return Mergeable.BLOCKED;
    }
    return checksOf(pull.head).values().stream().allMatch(FakeForge::passed)
        ? Mergeable.YES
        : Mergeable.UNSTABLE;
  }

  private static boolean passed(@Nullable Check check) {
    return check != null && (check.result() == Result.PASSED || check.result() == Result.SKIPPED);
  }

  final void land(FakePull pull, Method method) {
    String tip = branches.head(pull.base).orElseThrow();
    Map<String, String> files = branches.merged(tip, pull.head).orElseThrow();
    List<String> parents = method == Method.MERGE ? List.of(tip, pull.head) : List.of(tip);
    String commit = branches.commit(files, parents);
    branches.move(pull.base, commit);
    pull.merged(commit);
    changes++;
  }

  @Override
  public synchronized String push(String branch, String file, String text) {
    return branches.push(branch, "main", file, text);
  }

  @Override
  public synchronized void deleteBranch(String branch) {
    branches.delete(branch);
    follow();
  }

  @Override
  public synchronized String head(String branch) {
    return branches.head(branch).orElse("");
  }

  @Override
  public synchronized String base(String file) {
    return branches.files(head("main")).getOrDefault(file, "");
  }

  @Override
  public synchronized String title(int number) {
    return get(number).title;
  }

  @Override
  public synchronized String body(int number) {
    return get(number).body;
  }

  @Override
  public synchronized void label(int number, String label) {
    get(number).labels.add(label);
  }

  @Override
  public synchronized void comment(int number, boolean insider, String body) {
    Association association = insider ? Association.MEMBER : Association.OTHER;
    say(get(number), insider ? "member" : "stranger", association, body, "");
  }

  @Override
  public synchronized void remark(int number, String file, int line, String body) {
    say(get(number), "member", Association.MEMBER, body, file + ":" + line);
  }

  @Override
  public synchronized void review(int number, Opinion opinion, String body) {
    follow();
    FakePull pull = get(number);
    String id = "review-" + ++ids;
    Instant at = Instant.ofEpochSecond(ids);
    pull.reviews.add(new Review(id, "member", Association.MEMBER, opinion, body, pull.head, at));
  }

  @Override
  public synchronized void closeByHand(int number) {
    get(number).state = State.CLOSED;
  }

  @Override
  public synchronized void mergeByHand(int number) {
    follow();
    land(get(number), Method.MERGE);
  }

  @Override
  public synchronized void check(String head, String name, Result result, String log) {
    long job = ++ids;
    logs.put(job, log);
    checks
        .computeIfAbsent(head, _ -> new TreeMap<>())
        .put(
            name,
            new Check(
                name,
                result,
                result.name().toLowerCase(Locale.ROOT),
                "",
                job,
                required.contains(name)));
  }

  @Override
  public synchronized void rules(Set<String> requiredChecks, boolean mustBeUpToDate) {
    required = Set.copyOf(requiredChecks);
    upToDate = mustBeUpToDate;
  }

  @Override
  public synchronized void queue() {
    queue = true;
  }

  @Override
  public synchronized void tick() {
    follow();
    for (FakePull pull : new ArrayList<>(pulls.values())) {
      Merge order = pull.handover;
      Mergeable now = mergeable(pull);
      boolean may = now == Mergeable.YES || now == Mergeable.UNSTABLE;
      if (order != null && (may || (now == Mergeable.BEHIND && order.via() == Via.QUEUE))) {
        land(pull, order.method());
      }
    }
  }

  @Override
  public synchronized int changes() {
    return changes;
  }
}
