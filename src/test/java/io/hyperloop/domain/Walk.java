package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One random walk: whatever agents, people and machines do, by the dice. */
final class Walk {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
  private static final int JOURNAL_MAX = 40;

  private final Dice dice;
  private final World world = new World();
  private final Deque<String> journal = new ArrayDeque<>();
  private final Set<String> merged = new HashSet<>();
  private final Chaos chaos;
  private @Nullable JobEnd lastEnd;
  private int heads;

  Walk(long seed) {
    dice = new Dice(seed);
    chaos = new Chaos(dice);
    world.process = new RandomPipeline(dice).process();
    world.limits(l ->
        l.workers(1 + dice.below(4))
            .rounds(1 + dice.below(5))
            .actions(1 + dice.below(3))
            .attempts(1 + dice.below(3))
            .replans(1 + dice.below(3)));
    note("pipeline " + world.process.pipeline() + " limits " + world.limits);
  }

  String journal() {
    return String.join("\n", journal);
  }

  void stumble(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
      look();
    }
  }

  private void note(String what) {
    journal.add(what);
    if (journal.size() > JOURNAL_MAX) {
      journal.poll();
    }
  }

  private void step() {
    switch (dice.below(16)) {
      case 0, 1, 2, 3, 4, 5 -> someWorkerEnds(false);
      case 6, 7 -> someMergeEnds(false);
      case 8, 9 -> thePmEnds(false);
      case 10 -> later(Duration.ofSeconds(1 + dice.below(90)));
      case 11, 12 -> aPersonActs();
      case 13 -> someSpecChanges();
      case 14 -> someGateIsApproved();
      default -> {
        if (dice.oneIn(6)) {
          restart();
        } else if (dice.oneIn(12)) {
          world.process = new RandomPipeline(dice).process();
          note("pipeline " + world.process.pipeline());
          cycle();
        }
      }
    }
  }

  private void cycle() {
    Set<JobKey> before = Set.copyOf(world.merges);
    lastEnd = world.ended.isEmpty() ? lastEnd : world.ended.getLast();
    world.cycle();
    for (JobKey key : world.merges) {
      if (key instanceof JobKey.TaskStep step && !before.contains(key)) {
        Task task = world.state.task(step.task());
        assertThat(merged).as("merged once").doesNotContain(task.id() + " " + task.head());
      }
    }
    note("  " + world.standing() + " " + world.last().moves());
  }

  /** What must hold at every moment. */
  private void look() {
    for (int i = 0; idle() && world.standing().equals(new Standing.Busy(null)); i++) {
      assertThat(i).as("nothing runs, and nothing would ever wake it").isLessThan(3);
      cycle();
    }
    if (world.standing() instanceof Standing.Settled) {
      assertThat(world.workers).isEmpty();
      assertThat(world.merges).isEmpty();
      Set<TaskId> blocked = DependencyGraph.blocked(world.state.tasks()).keySet();
      assertThat(world.state.tasks()).noneMatch(t -> t.open() && !blocked.contains(t.id()));
    }
  }

  private boolean idle() {
    return world.workers.isEmpty() && world.merges.isEmpty();
  }

  private void someWorkerEnds(boolean kindly) {
    List<JobKey.TaskStep> keys = steps(world.workers);
    if (keys.isEmpty()) {
      return;
    }
    JobKey.TaskStep key = dice.pick(keys);
    String role = roleOf(key);
    heads++;
    String head = String.format("d%039d", heads);
    WorkerEnd end = kindly ? Chaos.pass(role, head) : chaos.worker(role, head);
    note(key + " ends with " + end);
    world.workers.remove(key);
    world.ended.add(new JobEnd.Worker(key, end));
    cycle();
  }

  private String roleOf(JobKey.TaskStep key) {
    return world.process.pipeline().at(key.phase()).map(Pipeline.Step::name).orElse("implementer");
  }

  private void someMergeEnds(boolean kindly) {
    List<JobKey.TaskStep> keys = steps(world.merges);
    if (keys.isEmpty()) {
      return;
    }
    JobKey.TaskStep key = dice.pick(keys);
    String head = Objects.requireNonNull(world.state.task(key.task()).head());
    MergeEnd end = kindly ? Chaos.merged(head) : chaos.merge(head);
    note(key + " ends with " + end);
    world.merges.remove(key);
    switch (end) {
      case MergeEnd.NotYet _ -> world.deferred.put(key, world.now);
      case MergeEnd.Merged _ -> merged.add(key.task() + " " + head);
      default -> {}
    }
    world.ended.add(new JobEnd.Merge(key, end));
    cycle();
  }

  private static List<JobKey.TaskStep> steps(Set<JobKey> keys) {
    return keys.stream()
        .filter(JobKey.TaskStep.class::isInstance)
        .map(JobKey.TaskStep.class::cast)
        .sorted(java.util.Comparator.comparing(JobKey::name))
        .toList();
  }

  private void thePmEnds(boolean kindly) {
    if (!world.pmRuns()) {
      return;
    }
    JobKey.Planning key = world.pmKey();
    Plan plan = world.state.intake().plan();
    boolean wanted = plan != null && plan.key().equals(key);
    PmEnd end =
        kindly && plan != null && wanted
            ? Chaos.allSatisfied(plan)
            : plan == null || !wanted
                ? new PmEnd.Silent(Breakage.ENDED_BY_US, "")
                : chaos.pm(plan, world.state.tasks());
    note(key + " ends with " + end);
    world.workers.remove(key);
    world.ended.add(new JobEnd.Pm(key, end));
    cycle();
  }

  private void later(Duration time) {
    note("later by " + time);
    world.now = world.now.plus(time);
    cycle();
  }

  private void aPersonActs() {
    for (Task task : world.state.tasks()) {
      if (task.open() && task.is(Reason.Kind.QUESTION) && dice.oneIn(2)) {
        world.inbox.add(new Request.AnswerTask("r", task.id(), "so"));
      }
    }
    world
        .state
        .intake()
        .handled()
        .forEach((path, handled) -> {
          if (handled.outcome().needsHuman() && dice.oneIn(2)) {
            world.inbox.add(new Request.AnswerSpec("r", path, "so"));
          }
        });
    if (dice.oneIn(5) && !world.specs.isEmpty()) {
      Spec spec = dice.pick(List.copyOf(world.specs.values()));
      var blobs = new TreeMap<String, String>();
      blobs.put(spec.path(), spec.blob());
      world.inbox.add(new Request.Accept("r", blobs));
    }
    note("inbox " + world.inbox);
    cycle();
  }

  private void someGateIsApproved() {
    for (Task task : world.state.tasks()) {
      if (task.is(Reason.Kind.WAITING) && task.open() && dice.oneIn(2)) {
        String head = dice.oneIn(4) ? World.ROOT : task.head();
        world.inbox.add(new Request.Approve("r", task.id(), task.currentPhase(), head));
      }
    }
    note("inbox " + world.inbox);
    cycle();
  }

  private void someSpecChanges() {
    String name = dice.pick(NAMES);
    String other = dice.pick(NAMES);
    boolean there = world.specs.containsKey(World.path(name));
    boolean taken = world.specs.containsKey(World.path(other));
    switch (dice.below(8)) {
      case 0 -> world.delete(name);
      case 1, 2 -> {
        if (there && !taken) {
          world.rename(name, other);
        }
      }
      default -> world.write(name, "text " + dice.below(4));
    }
    note("specs " + world.specs.keySet() + " after " + name + ", " + other);
    cycle();
  }

  /** A crash: what ran is found and ended; the last result, its save done, may be seen again. */
  private void restart() {
    note("restart");
    var ends = new ArrayList<JobEnd>();
    JobEnd seenAgain = lastEnd;
    if (seenAgain != null && !(seenAgain instanceof JobEnd.Merge) && dice.oneIn(2)) {
      ends.add(seenAgain);
      world.workers.remove(seenAgain.key());
    }
    for (JobKey key : List.copyOf(world.workers)) {
      ends.add(
          switch (key) {
            case JobKey.Planning pm ->
                new JobEnd.Pm(pm, new PmEnd.Silent(Breakage.FOUND_AT_START, ""));
            case JobKey.TaskStep step ->
                new JobEnd.Worker(
                    step,
                    new WorkerEnd.Silent(Breakage.FOUND_AT_START, "", new Delivery.ReadOnly()));
          });
    }
    world.workers.clear();
    world.merges.clear();
    world.deferred.clear();
    world.state = Decide.atStart(world.state);
    world.ended.addAll(ends);
    cycle();
  }

  /** From here on all goes well: it must come to an end. */
  void comeToAnEnd() {
    note("all goes well");
    for (int i = 0; i < 3000; i++) {
      if (world.standing() instanceof Standing.Settled) {
        assertThat(Gaps.of(new Draft(world.state, world.sight(), world.limits, world.now)).none())
            .isTrue();
        return;
      }
      if (world.standing() instanceof Standing.Stuck) {
        world.state = Decide.atStart(world.state);
      }
      someWorkerEnds(true);
      someMergeEnds(true);
      thePmEnds(true);
      someGateIsApproved();
      for (Task task : world.state.tasks()) {
        if (task.open() && task.is(Reason.Kind.QUESTION)) {
          world.inbox.add(new Request.AnswerTask("r", task.id(), "so"));
        }
      }
      later(Duration.ofMinutes(6));
    }
    throw new AssertionError("it does not come to an end: " + world.standing());
  }
}
