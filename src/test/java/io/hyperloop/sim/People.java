package io.hyperloop.sim;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.Dice;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecStatus;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.Trunk;
import io.hyperloop.sim.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The people around: they write specs, answer, approve, and do what nobody expects. */
final class People {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  private final Simulation sim;
  private final Dice dice;
  private int edits;
  private int helped;
  private int acted;
  private boolean stalled;

  People(Simulation sim) {
    this.sim = sim;
    this.dice = sim.dice;
  }

  /** Writes the first specs, and comes back again and again. */
  void begin() {
    for (int i = 1 + dice.below(3); i > 0; i--) {
      write(path(dice.pick(NAMES)));
    }
    comeBack();
  }

  private void comeBack() {
    sim.time.in(
        Duration.ofSeconds(
            (5 + dice.below(sim.faults.calm() ? 300 : 500)) * (sim.means.patient ? 6L : 1L)),
        () -> {
          if (sim.faults.calm()) {
            help();
          } else {
            act();
          }
          comeBack();
        });
  }

  /** Has parked tasks go on, with a hint or without, whether or not they may. */
  private void retry(int oneIn) {
    for (Task task : sim.disk.state().tasks()) {
      if (parked(task) && dice.oneIn(oneIn)) {
        String hint = dice.oneIn(2) ? "" : sim.text("try this");
        put(id -> new Request.Retry(id, task.id(), hint));
      }
    }
  }

  private static boolean parked(Task task) {
    return task.status() == TaskStatus.FAILED
        && (task.is(Reason.Kind.BUDGET) || task.is(Reason.Kind.NEEDS_HUMAN));
  }

  /** Sees to it that nothing lacks means; a raise counts from the next start. */
  private boolean provide() {
    boolean lacks = sim.books.spent(sim.limits);
    for (Task task : sim.disk.state().tasks()) {
      lacks |= parked(task) && sim.books.spentOn(task.id(), sim.limits);
    }
    Life life = sim.living();
    if (lacks && life != null && life.stop()) {
      sim.raise();
    }
    return lacks;
  }

  private static String path(String name) {
    return "specs/" + name + ".md";
  }

  private void act() {
    answer(2);
    if (sim.faults.strikes(Kind.RETRY)) {
      retry(2);
    }
    if (sim.means.counted && sim.faults.strikes(Kind.RAISE)) {
      sim.raise();
    }
    if (sim.faults.strikes(Kind.EDIT)) {
      write(path(dice.pick(NAMES)));
    }
    List<String> there = List.copyOf(new TreeMap<>(sim.present()).keySet());
    if (!there.isEmpty() && sim.faults.strikes(Kind.DELETE)) {
      String path = dice.pick(there);
      sim.trace("a person deletes " + path);
      String ignored = sim.specs.delete(path);
    } else if (!there.isEmpty() && sim.faults.strikes(Kind.RENAME)) {
      rename(dice.pick(there), path(dice.pick(NAMES)));
    }
    if (sim.faults.strikes(Kind.PROCESS)) {
      sim.overlay.change(SimGates.process(sim.forged, dice));
      sim.trace("a person changes the pipeline to " + sim.overlay.process().pipeline());
      sim.trace.count("pipeline changed");
      String ignored = sim.specs.touch();
    }
    if (sim.faults.strikes(Kind.MEDDLE)) {
      meddle();
    }
    sim.hub.meddle();
  }

  private void write(String path) {
    String text = "text " + (dice.oneIn(3) ? dice.below(2) : ++edits) + "\nof " + path;
    sim.trace("a person writes " + path + ": " + text.lines().findFirst().orElse(""));
    String ignored = sim.specs.write(path, text);
  }

  private void rename(String from, String to) {
    if (!sim.present().containsKey(to)) {
      sim.trace("a person renames " + from + " to " + to);
      sim.trace.count("spec renamed");
      String ignored = sim.specs.rename(from, to);
    }
  }

  /** Answers what is asked and approves what waits; each with a chance of one in so many. */
  void answer(int oneIn) {
    State state = sim.disk.state();
    for (Task task : state.tasks()) {
      if (task.open() && task.is(Reason.Kind.QUESTION) && dice.oneIn(oneIn)) {
        put(id -> new Request.AnswerTask(id, task.id(), sim.text("so")));
      } else if (atGate(task) && dice.oneIn(oneIn)) {
        clear(task);
      } else if (task.status() == TaskStatus.COMPLETE
          && task.merged() == null
          && task.head() != null
          && dice.oneIn(oneIn)) {
        mergeByHand(task);
      }
    }
    state
        .intake()
        .handled()
        .forEach((path, handled) -> {
          if (Outstanding.asks(handled) && dice.oneIn(oneIn)) {
            put(id -> new Request.AnswerSpec(id, path, sim.text("so")));
          }
        });
  }

  private boolean atGate(Task task) {
    return task.status() == TaskStatus.IN_PROGRESS
        && task.is(Reason.Kind.WAITING)
        && sim.overlay.process().gates().containsKey(gateOf(task));
  }

  /** Says yes in the way that the gate listens to. */
  private void clear(Task task) {
    Map<String, Gate> gates = sim.overlay.process().gates();
    Gate gate = Objects.requireNonNull(gates.get(gateOf(task)));
    acted += sim.forged && sim.hub.clear(task, gate, gates) ? 1 : 0;
    if (!gate.needsPullRequest()) {
      put(id -> new Request.Approve(id, task.id(), task.currentPhase(), task.head()));
    }
  }

  private String gateOf(Task task) {
    return sim.overlay.process().pipeline().at(task.phase()).map(s -> s.name()).orElse("");
  }

  private void mergeByHand(Task task) {
    String head = Objects.requireNonNull(task.head());
    MergeEnd end =
        sim.land(
            new Trunk.MergeOrder(
                task.id(),
                task.title(),
                task.specRef(),
                task.branch(),
                head,
                null,
                Action.Via.DIRECT,
                true,
                ""));
    if (end instanceof MergeEnd.Merged && !sim.trunk.contains(task.id(), head)) {
      sim.trunk.mergedByHand(task.id(), head);
      String ignored = sim.specs.touch();
    }
    if (end instanceof MergeEnd.Merged merged) {
      sim.hub.landed(task.id(), head, merged.commit());
      acted++;
      sim.trace("a person merges " + task.id());
      sim.trace.count("merged by hand");
    }
  }

  private void meddle() {
    State state = sim.disk.state();
    Task task = state.tasks().size() == 0 ? null : dice.pick(state.tasks().list());
    sim.trace.count("meddled");
    switch (dice.below(8)) {
      case 7 -> put(id -> new Request.Retry(id, new TaskId(1 + dice.below(9)), "unasked"));
      case 0 -> {
        String ignored = sim.specs.touch();
      }
      case 1 -> put(id -> new Request.AnswerTask(id, new TaskId(1 + dice.below(9)), "unasked"));
      case 2 -> put(id -> new Request.AnswerSpec(id, path(dice.pick(NAMES)), "unasked"));
      case 3 -> accept(dice.oneIn(2));
      case 4 -> approveWrongly(task);
      case 5 -> {
        if (task != null && task.head() != null) {
          mergeByHand(task);
        }
      }
      default -> {
        if (task != null && sim.trunk.branches().containsKey(task.branch())) {
          sim.trace("a person commits to " + task.branch());
          String ignored = sim.trunk.work(task.branch(), task.id() + ".txt", "by hand " + edits++);
        }
      }
    }
  }

  private void accept(boolean stale) {
    var blobs = new TreeMap<String, String>();
    for (Spec spec : sim.present().values()) {
      if (dice.oneIn(2)) {
        blobs.put(spec.path(), stale ? "0".repeat(40) : spec.blob());
      }
    }
    put(id -> new Request.Accept(id, blobs));
  }

  private void approveWrongly(@Nullable Task task) {
    if (task != null) {
      String phase = task.phase() == null ? "nowhere" : task.phase();
      put(id -> new Request.Approve(id, task.id(), phase, "f".repeat(40)));
    }
  }

  private void put(java.util.function.Function<String, Request> make) {
    acted++;
    Request request = sim.inbox.put(make);
    sim.trace("a person asks: " + request);
    sim.trace.count("asked " + request.getClass().getSimpleName());
  }

  /** Tells people that nothing goes on by itself any more. */
  void stalled(boolean so) {
    stalled = so;
  }

  int helped() {
    return helped;
  }

  /** Does what people do so that things go on; edits are for when nothing else helps. */
  void help() {
    if (provide()) {
      return;
    }
    int before = acted;
    answer(1);
    retry(2);
    if (stalled && acted == before) {
      unblock();
      stalled = false;
    }
  }

  /** Does for every spec that is not in sync what a person would: writes it anew. */
  private void unblock() {
    helped++;
    Map<String, Spec> specs = sim.present();
    State state = sim.disk.state();
    SpecStatus.all(state, specs)
        .forEach((path, status) -> {
          Handled handled = state.intake().handled().get(path);
          if (status != SpecStatus.IN_SYNC && (handled == null || !Outstanding.asks(handled))) {
            edits++;
            sim.trace("a person writes " + path + " anew");
            String ignored = sim.specs.write(path, "anew " + edits);
          }
        });
  }
}
