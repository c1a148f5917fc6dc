package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A world in which {@link Decide} is tried out: it carries decisions out at once, and checks after
 * every cycle what must always hold.
 */
final class World {
  static final String ROOT = "a".repeat(40);

  State state = State.EMPTY;
  Instant now = Instant.parse("2026-01-01T12:00:00Z");
  Limits limits = Limits.DEFAULT;
  ProcessDefinition process = Pipelines.usual();
  boolean stopping;
  Spending spending = Spending.NONE;

  final Map<String, Spec> specs = new TreeMap<>();
  final Set<JobKey> workers = new TreeSet<>(java.util.Comparator.comparing(JobKey::name));
  final Set<JobKey> merges = new HashSet<>();
  final List<Move.Publish> published = new ArrayList<>();
  final List<Move.Withdraw> withdrawn = new ArrayList<>();
  Pulls pulls = Pulls.NONE;
  final Map<JobKey, Instant> deferred = new HashMap<>();
  final Set<String> landed = new HashSet<>();
  final List<JobEnd> ended = new ArrayList<>();
  final List<Request> inbox = new ArrayList<>();

  /** Every job ever started, in order. */
  final List<String> started = new ArrayList<>();

  /** Every event ever told, in order. */
  final List<Event> told = new ArrayList<>();

  private Decision last = new Decision(State.EMPTY, List.of(), List.of(), new Standing.Busy(null));
  private int commits;

  static World with(String... specs) {
    var world = new World();
    for (String spec : specs) {
      world.write(spec, "first");
    }
    return world;
  }

  World pipeline(Pipeline.Node... nodes) {
    process = Pipelines.of(nodes);
    return this;
  }

  World limits(UnaryOperator<LimitsEdit> change) {
    limits = change.apply(new LimitsEdit(limits)).done();
    return this;
  }

  // What people do.

  static String path(String name) {
    return "specs/" + name + ".md";
  }

  static String blob(String text) {
    return String.format("%040x", (long) text.hashCode() & 0xffffffffL).replace(' ', '0');
  }

  /** Commits a spec of that text; the same text again changes nothing. */
  World write(String name, String text) {
    Spec old = specs.get(path(name));
    String blob = blob(text);
    if (old == null || !old.blob().equals(blob)) {
      specs.put(path(name), new Spec(path(name), blob, nextCommit()));
    }
    return this;
  }

  World delete(String name) {
    specs.remove(path(name));
    return this;
  }

  World rename(String from, String to) {
    Spec old = spec(from);
    specs.remove(path(from));
    specs.put(path(to), new Spec(path(to), old.blob(), nextCommit()));
    return this;
  }

  private String nextCommit() {
    commits++;
    return String.format("c%039d", commits);
  }

  Spec spec(String name) {
    Spec spec = specs.get(path(name));
    if (spec == null) {
      throw new AssertionError("no spec " + name);
    }
    return spec;
  }

  /** The commit that a spec's present text came with. */
  String commit(String name) {
    return java.util.Objects.requireNonNull(spec(name).commit());
  }

  World approve(int task, String gate, @Nullable String head) {
    inbox.add(new Request.Approve("r" + inbox.size(), id(task), gate, head));
    return cycle();
  }

  World answerTask(int task, String text) {
    inbox.add(new Request.AnswerTask("r" + inbox.size(), id(task), text));
    return cycle();
  }

  World retry(int task, String text) {
    inbox.add(new Request.Retry("r" + inbox.size(), id(task), text));
    return cycle();
  }

  World answerSpec(String name, String text) {
    inbox.add(new Request.AnswerSpec("r" + inbox.size(), path(name), text));
    return cycle().cycle();
  }

  World accept(String... names) {
    var blobs = new TreeMap<String, String>();
    Stream.of(names).forEach(name -> blobs.put(path(name), spec(name).blob()));
    inbox.add(new Request.Accept("r" + inbox.size(), blobs));
    return cycle();
  }

  World later(Duration time) {
    now = now.plus(time);
    return cycle();
  }

  // What jobs come to.

  /** The PM answers with those tasks, and nothing about the other specs that it was asked. */
  World plan(PmReport.Proposal... tasks) {
    return pm(new PmEnd.Answered(Reports.tasks(tasks)));
  }

  World pm(PmReport report) {
    return pm(new PmEnd.Answered(report));
  }

  World pm(PmEnd end) {
    JobKey.Planning key = pmKey();
    workers.remove(key);
    ended.add(new JobEnd.Pm(key, end));
    return cycle();
  }

  JobKey.Planning pmKey() {
    return workers.stream()
        .filter(JobKey.Planning.class::isInstance)
        .map(JobKey.Planning.class::cast)
        .reduce((a, b) -> b)
        .orElseThrow(() -> new AssertionError("the PM does not run; " + workers));
  }

  boolean pmRuns() {
    return workers.stream().anyMatch(JobKey.Planning.class::isInstance);
  }

  /** The worker of that task passes; one that writes leaves a new head. */
  World pass(int task) {
    return end(task, Reports.passed(delivery(task)));
  }

  World fail(int task, String finding) {
    var report = new Report(Report.Verdict.FAIL, finding, false);
    return end(task, new WorkerEnd.Reported(report, delivery(task)));
  }

  World ask(int task, String question) {
    var report = new Report(Report.Verdict.QUESTION, question, false);
    return end(task, new WorkerEnd.Reported(report, delivery(task)));
  }

  World breaks(int task, Breakage kind) {
    return end(task, new WorkerEnd.Silent(kind, "its output", new Delivery.ReadOnly()));
  }

  World end(int task, WorkerEnd end) {
    JobKey.TaskStep key = worker(task);
    workers.remove(key);
    ended.add(new JobEnd.Worker(key, end));
    return cycle();
  }

  /** A job that is not under way reports, as one would that was thought to be gone. */
  World lateEnd(JobKey.TaskStep key, WorkerEnd end) {
    workers.remove(key);
    ended.add(new JobEnd.Worker(key, end));
    return cycle();
  }

  Delivery delivery(int task) {
    return worker(task).phase().startsWith("verif")
        ? new Delivery.ReadOnly()
        : new Delivery.Taken(head(worker(task)), true);
  }

  static String head(JobKey key) {
    return String.format("d%039d", (long) key.name().hashCode() & 0xffffffffL);
  }

  JobKey.TaskStep worker(int task) {
    return key(workers, task);
  }

  boolean works(int task) {
    return step(workers, task).findAny().isPresent();
  }

  World merge(int task) {
    String head = java.util.Objects.requireNonNull(task(task).head());
    return mergeEnds(task, new MergeEnd.Merged(nextCommit(), head));
  }

  World mergeEnds(int task, MergeEnd end) {
    JobKey.TaskStep key = key(merges, task);
    merges.remove(key);
    if (end instanceof MergeEnd.NotYet) {
      deferred.put(key, now);
    }
    ended.add(new JobEnd.Merge(key, end));
    return cycle();
  }

  boolean merges(int task) {
    return step(merges, task).findAny().isPresent();
  }

  private static JobKey.TaskStep key(Set<JobKey> keys, int task) {
    return step(keys, task)
        .findAny()
        .orElseThrow(() -> new AssertionError("no job for task " + task + " in " + keys));
  }

  private static Stream<JobKey.TaskStep> step(Set<JobKey> keys, int task) {
    return keys.stream()
        .filter(JobKey.TaskStep.class::isInstance)
        .map(JobKey.TaskStep.class::cast)
        .filter(key -> key.task().number() == task);
  }

  // What there is to see.

  static TaskId id(int number) {
    return new TaskId(number);
  }

  Task task(int number) {
    return state.task(id(number));
  }

  List<Review> reviews(int task) {
    return state.reviews().of(id(task));
  }

  SpecStatus status(String name) {
    return SpecStatus.of(state, spec(name));
  }

  Decision last() {
    return last;
  }

  Standing standing() {
    return last.standing();
  }

  <E extends Event> List<E> told(Class<E> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Puts tasks into the state as if they had come there by themselves. */
  World given(Task... tasks) {
    int next = state.intake().nextTask();
    for (Task task : tasks) {
      next = Math.max(next, task.id().number() + 1);
    }
    var edit = new IntakeEdit(state.intake());
    edit.nextTask = next;
    edit.pipeline = process.pipeline().fingerprint();
    state = new State(state.tasks().with(List.of(tasks)), state.reviews(), edit.done());
    return this;
  }

  /** Marks every spec as handled by tasks. */
  World handled() {
    var edit = new IntakeEdit(state.intake());
    specs.values().forEach(spec -> edit.handled.put(spec.path(), Tasks.handled(spec)));
    state = new State(state.tasks(), state.reviews(), edit.done());
    return this;
  }

  Sight sight() {
    var seen = new TreeMap<String, Spec>();
    specs.forEach((path, spec) ->
        seen.put(path, state.intake().covers(spec) ? new Spec(path, spec.blob(), null) : spec));
    return sight(seen, ended, inbox);
  }

  private Sight sight(Map<String, Spec> seen, List<JobEnd> ended, List<Request> inbox) {
    return new Sight(
        ROOT,
        seen,
        process,
        List.copyOf(ended),
        Set.copyOf(workers),
        Set.copyOf(merges),
        Map.copyOf(deferred),
        Set.copyOf(landed),
        List.copyOf(inbox),
        spending,
        pulls,
        stopping);
  }

  /** One cycle: decides, checks, and carries it out. */
  World cycle() {
    Sight sight = sight();
    int before = slots();
    last = Decide.decide(state, sight, limits, now);
    assertThat(Invariants.violated(state, last.next(), limits)).isEmpty();
    state = last.next();
    told.addAll(last.events());
    ended.clear();
    inbox.clear();
    last.moves().forEach(this::perform);
    assertThat(slots()).isLessThanOrEqualTo(Math.max(before, limits.maxWorkers()));
    decidingAgainChangesNothing(sight);
    return this;
  }

  private int slots() {
    return (int) workers.stream().filter(JobKey.TaskStep.class::isInstance).count();
  }

  private void perform(Move move) {
    switch (move) {
      case Move.StartWorker start -> {
        assertThat(step(workers, start.key().task().number())).as("one worker a task").isEmpty();
        start(start.key());
      }
      case Move.AskPm ask -> start(ask.key());
      case Move.Merge merge -> {
        assertThat(merges.add(merge.key())).as("merges twice: %s", merge.key()).isTrue();
        deferred.remove(merge.key());
        started.add("merge " + merge.key());
      }
      case Move.Publish publish -> {
        merges.add(publish.key());
        published.add(publish);
      }
      case Move.Withdraw withdraw -> {
        merges.add(withdraw.key());
        withdrawn.add(withdraw);
      }
      case Move.EndWorker _, Move.CleanUp _, Move.Release _ -> {}
    }
  }

  private void start(JobKey key) {
    assertThat(workers.add(key)).as("starts twice: %s", key).isTrue();
    started.add(key.name());
  }

  private void decidingAgainChangesNothing(Sight sight) {
    Decision again = Decide.decide(state, sight(sight.specs(), List.of(), List.of()), limits, now);
    assertThat(again.moves().stream().filter(m -> !(m instanceof Move.EndWorker)))
        .as("moves of deciding again on an unchanged world")
        .isEmpty();
    assertThat(again.next()).as("state after deciding again").isEqualTo(state);
    assertThat(again.events()).as("events of deciding again").isEmpty();
  }
}
