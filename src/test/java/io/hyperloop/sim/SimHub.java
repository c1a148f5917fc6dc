package io.hyperloop.sim;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Wish;
import io.hyperloop.port.Trunk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where pull requests are, with the machines that check them. It knows nothing of our processes.
 */
final class SimHub {
  static final String LABEL = "lgtm";
  static final String CHECK = "build";

  private final Simulation sim;
  private final Map<TaskId, SimPull> pulls = new TreeMap<>();

  /** Where branches stand, pull requests or not. */
  private final Map<String, String> heads = new HashMap<>();

  /** What people pushed and nobody took yet: the head that they built upon, by theirs. */
  private final Map<String, String> pushed = new HashMap<>();

  private int pushes;

  SimHub(Simulation sim) {
    this.sim = sim;
  }

  Map<TaskId, SimPull> pulls() {
    return pulls;
  }

  // What orchestrators ask for.

  PublishEnd publish(Wish wish) {
    SimPull pull = pulls.get(wish.task());
    if (pull != null && pull.state() != PullRequestSight.State.OPEN) {
      return new PublishEnd.Done(wish.fingerprint(), pull.url(), wish.head());
    }
    String theirs = heads.get(wish.branch());
    String head = wish.head();
    String fork = theirs == null ? null : pushed.remove(theirs);
    if (theirs != null && fork != null) {
      if (fork.equals(head)) {
        sim.trunk.stand(wish.branch(), theirs);
        head = theirs;
      } else if (sim.dice.oneIn(3)) {
        sim.trace.count("pushed against the work");
        sim.trunk.stand(wish.branch(), theirs);
        return new PublishEnd.Contradicted(List.of("theirs"), theirs, head);
      } else {
        head = sim.trunk.join(wish.branch(), head, theirs);
      }
      sim.trace.count("pushed commits taken");
    }
    heads.put(wish.branch(), head);
    if (pull == null && sim.trunk.isEmpty(head)) {
      sim.trace.count("nothing to show");
      return new PublishEnd.Done(wish.fingerprint(), null, head);
    }
    if (pull == null) {
      pull = new SimPull(wish.task(), pulls.size() + 1, wish.branch());
      pulls.put(wish.task(), pull);
    }
    brought(pull, head, wish);
    return new PublishEnd.Done(wish.fingerprint(), pull.url(), head);
  }

  private void brought(SimPull pull, String head, Wish wish) {
    if (pull.stand(head)) {
      check(pull, head);
    }
    wish.stale().forEach(pull::unlabel);
    pull.ready(wish.ready());
    Wish.Notice notice = wish.notice();
    if (notice != null) {
      pull.told(notice.key());
    }
  }

  /** Machines take their time, and look at what is there when they begin. */
  private void check(SimPull pull, String head) {
    boolean fails = !sim.faults.calm() && sim.dice.oneIn(4);
    sim.time.in(
        Duration.ofSeconds(sim.dice.below(300)),
        () -> {
          pull.checked(head, fails ? Result.FAILED : Result.PASSED);
          sim.trace.count(fails ? "check failed" : "check passed");
        });
  }

  PublishEnd withdraw(TaskId task) {
    SimPull pull = pulls.get(task);
    if (pull != null) {
      pull.close();
    }
    return new PublishEnd.Withdrawn();
  }

  Pulls look(Map<TaskId, String> prs) {
    var seen = new HashMap<TaskId, PullRequestSight>();
    var logs = new HashMap<Long, String>();
    prs.forEach((task, pr) -> {
      SimPull pull = pulls.get(task);
      if (pull != null && pull.url().equals(pr)) {
        seen.put(task, pull.sight());
        logs.put((long) pull.number(), "the log of " + pull.number());
      }
    });
    return new Pulls(seen, logs);
  }

  /** Merges what people and machines left open. */
  MergeEnd merge(Trunk.MergeOrder order) {
    SimPull pull = order.pr() == null ? null : pulls.get(order.task());
    if (pull == null) {
      return sim.land(order);
    }
    switch (pull.state()) {
      case CLOSED -> {
        return new MergeEnd.NotYet("it is closed");
      }
      case MERGED -> {
        return new MergeEnd.Merged(pull.mergeCommit(), pull.head());
      }
      case OPEN -> {}
    }
    if (!order.head().equals(heads.get(order.branch()))) {
      return new MergeEnd.Moved();
    }
    if (sim.faults.strikes(Faults.Kind.UPDATE)) {
      return updated(order, pull);
    }
    return landed(order, pull);
  }

  private MergeEnd updated(Trunk.MergeOrder order, SimPull pull) {
    String head = sim.trunk.work(order.branch(), order.task() + ".base", "base " + ++pushes);
    heads.put(order.branch(), head);
    pull.carry(order.head(), head);
    pull.stand(head);
    check(pull, head);
    sim.trace.count("branch updated");
    return new MergeEnd.Updated(head);
  }

  private MergeEnd landed(Trunk.MergeOrder order, SimPull pull) {
    MergeEnd end = sim.land(order);
    if (end instanceof MergeEnd.Merged merged) {
      pull.merged(merged.commit());
    }
    return end;
  }

  /** A head that comes to the base by another way merges its pull request. */
  void landed(TaskId task, String head, String commit) {
    SimPull pull = pulls.get(task);
    if (pull != null && pull.state() == PullRequestSight.State.OPEN && pull.head().equals(head)) {
      pull.merged(commit);
    }
  }

  // What people do.

  /** What nobody asked for. */
  void meddle() {
    for (SimPull pull : List.copyOf(pulls.values())) {
      if (pull.state() != PullRequestSight.State.OPEN || !sim.faults.strikes(Faults.Kind.PULL)) {
        continue;
      }
      switch (sim.dice.below(8)) {
        case 0, 1 -> pull.label(LABEL);
        case 2 -> pull.unlabel(LABEL);
        case 3 -> pull.review("alice", Opinion.CHANGES_REQUESTED, sim.text("not so"));
        case 4 -> push(pull);
        case 5 -> mergeByHand(pull);
        case 6 -> {
          pull.comment(sim.text("why?"));
          pull.close();
          sim.trace.count("closed by a person");
        }
        default -> pull.review("bob", Opinion.APPROVED, "");
      }
    }
  }

  private void push(SimPull pull) {
    String before = Objects.requireNonNull(heads.get(pull.branch()));
    String origin = "origin/" + pull.branch();
    sim.trunk.stand(origin, before);
    String head = sim.trunk.work(origin, pull.task() + ".pushed-" + ++pushes, "by hand " + pushes);
    heads.put(pull.branch(), head);
    // Two pushes in a row build on the head that we know.
    String known = pushed.remove(before);
    pushed.put(head, known == null ? before : known);
    pull.stand(head);
    pull.pushed(pull.task() + ".pushed-" + pushes);
    check(pull, head);
    sim.trace("a person pushes " + head + " to " + pull.branch());
  }

  private void mergeByHand(SimPull pull) {
    Task task = sim.disk.state().tasks().find(pull.task()).orElse(null);
    String head = pull.head();
    if (task == null || !head.equals(sim.trunk.branches().get(pull.branch()))) {
      return;
    }
    var order =
        new Trunk.MergeOrder(
            task.id(),
            task.title(),
            task.specRef(),
            task.branch(),
            head,
            pull.url(),
            Action.Via.DIRECT,
            true,
            "");
    if (landed(order, pull) instanceof MergeEnd.Merged) {
      sim.trace("a person merges " + pull.url());
      sim.trace.count("pull request merged by hand");
    }
  }

  /** Gives what a task waits for; tells whether there was anything to give. */
  boolean clear(Task task, Gate gate, Map<String, Gate> gates) {
    SimPull pull = pulls.get(task.id());
    if (pull == null || !pull.head().equals(task.head())) {
      return false;
    }
    return switch (gate) {
      case Gate.Label(String label) -> {
        boolean given = !pull.labels().contains(label);
        pull.label(label);
        yield given;
      }
      case Gate.Approval _ -> {
        pull.review("alice", Opinion.APPROVED, "");
        pull.review("bob", Opinion.APPROVED, "");
        yield true;
      }
      case Gate.All(List<String> names) -> {
        boolean any = false;
        for (String name : names) {
          any |= clear(task, Objects.requireNonNull(gates.get(name)), gates);
        }
        yield any;
      }
      case Gate.Checks _, Gate.Manual _ -> false;
    };
  }

  @Nullable SimPull of(TaskId task) {
    return pulls.get(task);
  }
}
