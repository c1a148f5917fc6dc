package io.hyperloop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hyperloop.adapter.state.IntakeFile;
import io.hyperloop.adapter.state.TaskFile;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A month of {@code watch} with nothing failing: what grows, grows with the tasks there are. */
class SoakTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int SPECS = 20;
  private static final int POINTS = 10;

  /** What there was at one moment. */
  record Point(int tasks, long stateBytes, long heapBytes, int threads, long files, int kept) {}

  @Test
  void aMonthOfWatchingIsSpentWithoutGrowing() {
    List<Point> curve = soak(400);
    flat(curve);
  }

  /** Nothing but the state grows, however many tasks there have been. */
  private static void flat(List<Point> curve) {
    assertThat(curve.getLast().threads()).isLessThanOrEqualTo(curve.getFirst().threads() + 4);
    assertThat(curve.getLast().files()).isLessThanOrEqualTo(curve.getFirst().files() + 4);
    for (Point point : curve) {
      assertThat(point.kept()).as("what the loop keeps itself, warnings aside").isLessThan(50);
    }
  }

  @Test
  @Tag("soak")
  void twentyThousandTasksInAMonthGrowTheStateAndNothingElse() {
    List<Point> curve = soak(Integer.getInteger("soak.tasks", 20_000));
    Point first = curve.getFirst();
    Point last = curve.getLast();
    double heapPerTask =
        (last.heapBytes() - first.heapBytes()) / (double) (last.tasks() - first.tasks());
    System.out.printf("heap per task: %.0f bytes%n", heapPerTask);
    assertThat(heapPerTask).as("a task is its texts and a few references").isLessThan(4096);
    assertThat((last.stateBytes() - first.stateBytes()) / (last.tasks() - first.tasks()))
        .as("bytes of state per task, and none per version of a spec")
        .isLessThan(450);
    flat(curve);
  }

  static List<Point> soak(int tasks) {
    Simulation sim = Simulation.steady(1);
    var curve = new ArrayList<Point>();
    edit(sim, sim.time.now(), MONTH.dividedBy(tasks), 1, tasks);
    for (int i = 1; i <= POINTS; i++) {
      sim.time.in(MONTH.multipliedBy(i).dividedBy(POINTS), () -> curve.add(point(sim, tasks)));
    }
    sim.time.in(MONTH.plusMinutes(1), () -> endOnceInSync(sim, 0));
    run(sim);
    // An edit that comes while the last one is still with the PM puts that one aside.
    assertThat(sim.disk.state().tasks().size()).isBetween(tasks * 9 / 10, tasks);
    assertThat(Outstanding.in(sim.disk.state(), sim.present()))
        .as("what is open six hours after the last edit")
        .isEmpty();
    return curve;
  }

  /** Looks each minute, for virtual time may pass over threads that are ready. */
  private static void endOnceInSync(Simulation sim, int minutes) {
    if (minutes == 360 || Outstanding.in(sim.disk.state(), sim.present()).isEmpty()) {
      sim.end();
    } else {
      sim.time.in(Duration.ofMinutes(1), () -> endOnceInSync(sim, minutes + 1));
    }
  }

  /** On a virtual thread, which hands over to others at less cost. */
  private static void run(Simulation sim) {
    var run = new FutureTask<>(sim::run, null);
    Thread thread = Thread.ofVirtual().start(run);
    try {
      run.get();
      thread.join();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Somebody writes a spec anew, again and again; each time that is one task. */
  private static void edit(Simulation sim, Instant start, Duration between, int edit, int most) {
    if (edit > most) {
      return;
    }
    sim.time.in(
        Duration.between(sim.time.now(), start.plus(between.multipliedBy(edit))),
        () -> {
          String ignored = sim.specs.write("specs/s" + edit % SPECS + ".md", "text " + edit);
          forget(sim);
          edit(sim, start, between, edit + 1, most);
        });
  }

  /** The world that is simulated would grow as well; only the loop is looked at. */
  private static void forget(Simulation sim) {
    var needed = new HashSet<String>();
    for (Task task : sim.disk.state().tasks().unsettled()) {
      if (task.open()) {
        needed.add(task.specRef().commit());
      }
    }
    sim.disk.state().intake().handled().values().forEach(h -> needed.add(h.commit()));
    sim.present().values().forEach(spec -> needed.add(String.valueOf(spec.commit())));
    sim.specs.forget(500, needed);
    sim.trunk.forget();
    sim.disk.forgetCommits();
  }

  private static Point point(Simulation sim, int tasks) {
    State state = sim.disk.state();
    long bytes = IntakeFile.write(state.intake()).length();
    for (Task task : state.tasks()) {
      bytes += TaskFile.write(task).length();
    }
    var point = new Point(state.tasks().size(), bytes, heap(), threads(), openFiles(), sim.kept());
    if (tasks > 1000) {
      System.out.printf(
          "%,d tasks | state %,d KiB | heap after GC %,d KiB | %d threads, %d files, %d kept%n",
          point.tasks(),
          point.stateBytes() >> 10,
          point.heapBytes() >> 10,
          point.threads(),
          point.files(),
          point.kept());
    }
    return point;
  }

  /** Of the whole process; 0 where the system does not tell. */
  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
