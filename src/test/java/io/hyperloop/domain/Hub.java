package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where pull requests are, beside a {@link World}; every wish comes true at once. */
final class Hub {
  final World world;
  final Map<TaskId, Pull> pulls = new TreeMap<>();
  final Map<Long, String> logs = new TreeMap<>();

  /** Notices, in order. */
  final List<String> told = new ArrayList<>();

  /** Labels that were taken off. */
  final List<String> unlabelled = new ArrayList<>();

  private Hub(World world) {
    this.world = world;
  }

  /** A world whose work goes through pull requests, with one task of one spec. */
  static Hub with(Pipeline.Node... nodes) {
    var world = World.with("a").pipeline(nodes);
    return of(world);
  }

  static Hub of(World world) {
    world.limits(limits -> limits.forge(new Forge("https://git.example/o/r", "main", 0, true)));
    return new Hub(world);
  }

  Hub gate(String name, Gate gate) {
    var gates = new TreeMap<String, Gate>(world.process.gates());
    gates.put(name, gate);
    world.process = new ProcessDefinition(world.process.pipeline(), gates, world.process.actions());
    return this;
  }

  Hub plan(PmReport.Proposal... tasks) {
    world.cycle().plan(tasks);
    return settle();
  }

  Hub pass(int task) {
    world.pass(task);
    return settle();
  }

  Pull pull(int task) {
    return Optional.ofNullable(pulls.get(World.id(task)))
        .orElseThrow(() -> new AssertionError("no pull request of task " + task));
  }

  /** Has all wishes come true, and the loop look at what came of it. */
  Hub settle() {
    for (int i = 0; i < 20; i++) {
      look();
      List<Move.Publish> wishes = List.copyOf(world.published);
      List<Move.Withdraw> ends = List.copyOf(world.withdrawn);
      world.published.clear();
      world.withdrawn.clear();
      if (wishes.isEmpty() && ends.isEmpty() && i > 0) {
        return this;
      }
      wishes.forEach(this::publish);
      ends.forEach(this::withdraw);
      world.cycle();
    }
    throw new AssertionError("it does not settle");
  }

  private void publish(Move.Publish move) {
    Wish wish = move.wish();
    Pull pull = pulls.computeIfAbsent(wish.task(), task -> new Pull(pulls.size() + 1, wish.head()));
    if (!pull.head.equals(wish.head()) && !theirs(wish, pull)) {
      pull.pushed(wish.head());
    }
    pull.draft &= !wish.ready();
    wish.stale().stream().filter(pull.labels::remove).forEach(unlabelled::add);
    Wish.Notice notice = wish.notice();
    if (notice != null) {
      told.add(notice.text());
    }
    end(move.key(), new PublishEnd.Done(wish.fingerprint(), pull.url(), pull.head));
  }

  /** What a person pushed stands, and is known by its first letter. */
  private static boolean theirs(Wish wish, Pull pull) {
    return pull.head.startsWith("f") && !wish.head().startsWith("f");
  }

  private void withdraw(Move.Withdraw move) {
    pull(move.key().task().number()).state = PullRequestSight.State.CLOSED;
    end(move.key(), new PublishEnd.Withdrawn());
  }

  void end(JobKey.TaskStep key, PublishEnd end) {
    world.merges.remove(key);
    world.ended.add(new JobEnd.Published(key, end));
  }

  private void look() {
    world.pulls =
        new Pulls(
            pulls.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().seen())),
            logs);
  }
}
