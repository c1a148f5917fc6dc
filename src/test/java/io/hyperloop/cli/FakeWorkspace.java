package io.hyperloop.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.domain.Action;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Pipeline.Node;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.FakeInbox;
import io.hyperloop.port.Ledger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A repository in memory: two specs, one of them with tasks. */
final class FakeWorkspace implements Workspace {
  static final String HEAD = "feedc0de".repeat(5);
  static final Spec AUTH = new Spec("specs/auth.md", "a".repeat(40), "1".repeat(40));
  static final Spec BILLING = new Spec("specs/billing.md", "b".repeat(40), "2".repeat(40));

  final List<Ledger.Entry> usage = new ArrayList<>();
  private final Path top;
  private final Map<String, Spec> specs = new TreeMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Review> reviews = new ArrayList<>();
  private final SortedMap<String, Handled> handled = new TreeMap<>();
  private final FakeInbox inbox = new FakeInbox();
  private final List<String> notices = new ArrayList<>();
  private @Nullable String orchestrator;
  private @Nullable RuntimeException broken;

  FakeWorkspace(Path top) {
    this.top = top;
    specs.put(AUTH.path(), AUTH);
    specs.put(BILLING.path(), BILLING);
    handled(AUTH, Handled.Outcome.TASKS, "");
  }

  /** A task of the spec about authentication. */
  static Task task(int number, String title) {
    return Task.create(
        new TaskId(number),
        title,
        new SpecRef(AUTH.path(), "1".repeat(40)),
        List.of(),
        "Do as the spec says.");
  }

  @CanIgnoreReturnValue
  FakeWorkspace with(Task... more) {
    tasks.addAll(Arrays.asList(more));
    return this;
  }

  @CanIgnoreReturnValue
  FakeWorkspace with(Review review) {
    reviews.add(review);
    return this;
  }

  @CanIgnoreReturnValue
  FakeWorkspace handled(Spec spec, Handled.Outcome outcome, String note) {
    handled.put(
        spec.path(), new Handled(spec.blob(), String.valueOf(spec.commit()), outcome, note));
    return this;
  }

  @CanIgnoreReturnValue
  FakeWorkspace runBy(String who) {
    orchestrator = who;
    return this;
  }

  @CanIgnoreReturnValue
  FakeWorkspace noting(String notice) {
    notices.add(notice);
    return this;
  }

  @CanIgnoreReturnValue
  FakeWorkspace withBrokenProcess(RuntimeException failure) {
    broken = failure;
    return this;
  }

  List<Request> asked() {
    return inbox.pending();
  }

  @Override
  public Path top() {
    return top;
  }

  @Override
  public String base() {
    return "main";
  }

  @Override
  public String tip() {
    return HEAD;
  }

  @Override
  public State state() {
    Intake none = Intake.EMPTY;
    return new State(
        TaskTable.of(tasks),
        Reviews.of(reviews),
        new Intake(
            100,
            0,
            handled,
            none.failures(),
            none.replans(),
            none.answers(),
            none.plan(),
            0,
            null,
            null));
  }

  @Override
  public Map<String, Spec> specs() {
    return specs;
  }

  @Override
  public ProcessDefinition process() {
    if (broken != null) {
      throw broken;
    }
    Pipeline pipeline =
        Pipeline.of(
            List.of(
                new Node.Loop(
                    List.of(new Node.Agent("implementer", null), new Node.Agent("verifier", null))),
                new Node.Gate("review", null),
                new Node.Action("merge-pr", null)));
    return new ProcessDefinition(
        pipeline, Map.of("review", new Gate.Manual()), Map.of("merge-pr", new Action.Merge()));
  }

  @Override
  public Optional<String> orchestrator() {
    return Optional.ofNullable(orchestrator);
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public Path logs(TaskId task) {
    return top.resolve("logs").resolve(task.toString());
  }

  @Override
  public Path planningLogs() {
    return top.resolve("logs").resolve("pm");
  }

  @Override
  public Collection<Ledger.Entry> usage() {
    return usage;
  }

  @Override
  public Request submit(Function<String, Request> make) {
    return inbox.put(make);
  }
}
