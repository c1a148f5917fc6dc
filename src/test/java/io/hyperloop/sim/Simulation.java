package io.hyperloop.sim;

import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Dice;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Pipelines;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.Standing;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskId;
import io.hyperloop.loop.Ending;
import io.hyperloop.loop.Rules;
import io.hyperloop.port.FakeInbox;
import io.hyperloop.port.FakeSpecSource;
import io.hyperloop.port.FakeStateStore;
import io.hyperloop.port.FakeTrunk;
import io.hyperloop.port.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One world by one seed: for a while everything fails, then nothing does any more, and it must come
 * to an end. {@link #run()} throws a {@link Violation} with what led to it.
 */
final class Simulation {
  private static final Limits STEADY = new Limits(6, 50, 3, 3, 3, 100, 5, Duration.ofSeconds(30));

  final long seed;
  private final boolean steady;
  final Dice dice;
  final Trace trace = new Trace();
  final Timeline time = new Timeline();
  final Faults faults;
  final KnownBug bug;
  final Means means;
  final int thoroughEvery;
  final boolean watch;
  final boolean stateOnBase;
  final boolean remote;
  final boolean shared;
  final FakeSpecSource specs = new FakeSpecSource();
  final FakeStateStore.Disk disk = new FakeStateStore.Disk();
  final FakeTrunk trunk = new FakeTrunk();
  final FakeInbox inbox = new FakeInbox();
  final Overlay overlay;
  final Agents agents;
  final Pm pm;
  final People people;
  final Witness witness;
  final Books books = new Books(this);
  final Clones clones;
  final SimHub hub = new SimHub(this);
  final boolean forged;
  private final int stormySteps;
  private long steps;
  private final OddTexts texts;
  private long turns;
  Limits limits;
  private Limits wanted;
  private Bound bound = Bound.NONE;
  private boolean over;
  private @Nullable Life living;

  Simulation(long seed, KnownBug bug) {
    this(seed, bug, false);
  }

  private Simulation(long seed, KnownBug bug, boolean steady) {
    this.seed = seed;
    this.steady = steady;
    this.bug = bug;
    dice = new Dice(seed * 0x5DEECE66DL + 11);
    faults = new Faults(dice);
    texts = new OddTexts(dice);
    thoroughEvery = steady ? 100 : 1; // What goes on for long saves very often.
    watch = steady || dice.oneIn(3);
    stateOnBase = dice.oneIn(2);
    remote = dice.oneIn(2);
    shared = remote && bug.shared();
    forged = !steady && dice.oneIn(3);
    means = new Means(dice, !steady && dice.oneIn(2), shared);
    Limits own = steady ? STEADY : means.limits(Means.plain(dice));
    limits = forged ? SimGates.forged(own, dice) : own;
    wanted = limits;
    stormySteps = 100 + dice.below(900);
    overlay = new Overlay(this, steady ? Pipelines.usual() : SimGates.process(forged, dice));
    agents = new Agents(this);
    pm = new Pm(this);
    people = new People(this);
    witness = new Witness(this);
    clones = new Clones(this);
  }

  /** A world in which nothing fails, and which goes on until it is told to end. */
  static Simulation steady(long seed) {
    var simulation = new Simulation(seed, KnownBug.NONE, true);
    simulation.faults.cease();
    return simulation;
  }

  /** Ends a steady world. */
  void end() {
    over = true;
  }

  /** The process that runs, or ran last; null before the first. */
  @Nullable Life living() {
    return living;
  }

  /** A person gives more to spend, which counts from the next start. */
  void raise() {
    wanted = means.raised(limits);
    trace.count("limits raised");
  }

  /** How many things the loop keeps of its own. */
  int kept() {
    return living == null ? 0 : living.kept();
  }

  /** Which file a task writes; in a world that goes on for long there are but few. */
  String fileOf(TaskId task) {
    return (steady ? "file-" + task.number() % 16 : task) + ".txt";
  }

  /** Runs it to its end. */
  void run() {
    try {
      trace("seed " + seed + " " + limits + " watch " + watch + " " + faults);
      trace("pipeline " + overlay.process().pipeline());
      if (!steady) {
        people.begin();
        clones.begin();
      }
      while (!over) {
        live();
      }
    } catch (Violation violation) {
      throw trace.report(violation, seed, bug);
    } catch (RuntimeException e) {
      var unexpected = new Violation(Invariant.NO_BUG, e.toString());
      unexpected.initCause(e);
      throw trace.report(unexpected, seed, bug);
    }
  }

  private void live() {
    witness.begins();
    clones.begins();
    trace.count("life");
    limits = wanted;
    books.begin();
    var life = new Life(this);
    boolean calm = faults.calm();
    trace("starts");
    living = life;
    life.start(this::goodTime);
    Ending ending = life.live();
    trace(life.killed() ? "is dead" : "ended: " + ending);
    agents.orphaned();
    if (ending != null) {
      books.end();
      witness.halted(ending);
    }
    if (calm && ending instanceof Ending.Converged) {
      converged();
    } else if (faults.calm() && ending instanceof Ending.NeedsHuman) {
      people.stalled(true);
      people.help();
    }
    downtime();
  }

  private void downtime() {
    time.pass(Duration.ofSeconds(dice.below(400)));
    while (time.fire()) {
      // The world goes on.
    }
  }

  /** Called at every turn of a life; may end the bad times, or the life. */
  private void goodTime(Life life) {
    turns++;
    if (!faults.calm() && steps > stormySteps) {
      faults.cease();
      time.skew(Duration.ZERO);
      clones.clockMoved();
      bound = Bound.of(this);
      turns = 0;
      trace("from here on nothing fails; " + bound);
    }
    if (over) {
      life.stop();
    }
    bound.look(turns, people.helped());
  }

  /** Everything is in sync, it says. */
  private void converged() {
    witness.inSync(Outstanding.in(disk.state(), present()));
    new HubJudge(this, overlay.process()).inSync(disk.state());
    trace("converged");
    over = true;
  }

  // What the wires of a life call.

  Decision decided(Life life, State state, Sight sight, Rules rules, Limits bounds, Instant now) {
    Decision decision = rules.decide(state, sight, bounds, now);
    if (!decision.moves().isEmpty()) {
      trace("decides " + decision.moves());
    }
    if (!steady) {
      new Auditor(this, state, sight, bounds, decision, now).audit();
      new Judge(state, sight, bounds, decision).judge(rules, now);
      if (forged) {
        new HubJudge(this, sight.process()).decided(state, decision.moves(), decision.next());
      }
    }
    witness.decided(sight, decision, state);
    clones.decides(life, now);
    if (watch && faults.calm() && !steady) {
      settle(sight, decision, decision.next().equals(state));
    }
    return decision;
  }

  private void settle(Sight sight, Decision decision, boolean unchanged) {
    boolean latest = Outstanding.sameTexts(sight.specs(), present());
    boolean settled = decision.standing() instanceof Standing.Settled s && s.converged();
    if (latest && settled && !over && unchanged) {
      converged();
    }
    boolean idle =
        decision.standing() instanceof Standing.Settled
            || decision.standing() instanceof Standing.Stuck;
    people.stalled(latest && idle && !settled);
  }

  void told(Event event) {
    trace("tells " + event);
    if (event instanceof Event.Warned warned) {
      clones.warned(warned.text());
    }
    trace.count(event.getClass().getSimpleName());
  }

  /** A wire was used: time passes. */
  void paused() {
    steps++;
    if (dice.oneIn(4)) {
      time.pass(Duration.ofMillis(dice.below(3000)));
    }
  }

  /** Before each turn of the threads. */
  void turn() {
    if (faults.strikes(Faults.Kind.CLOCK)) {
      Duration jump = Duration.ofSeconds(dice.below(7200) - 3600L);
      trace("the clock jumps to " + jump);
      trace.count("clock jumped");
      time.skew(jump);
      clones.clockMoved();
    }
  }

  /** Merges for real; the specs' branch is the same branch. */
  MergeEnd land(Trunk.MergeOrder order) {
    String before = trunk.tip();
    MergeEnd end = bug.merge(trunk, order);
    boolean moved = !trunk.tip().equals(before);
    witness.merged(order, end, moved);
    if (moved) {
      trace.count("merged");
      String ignored = specs.touch();
    }
    return end;
  }

  /** The specs at the tip, by path. */
  Map<String, Spec> present() {
    return new TreeMap<>(specs.at(specs.tip(), Map.of()));
  }

  /** A text like no other, and now and then one that is hard to keep. */
  String text(String about) {
    return texts.text(about);
  }

  void trace(String line) {
    trace.add(time.now(), line);
  }
}
