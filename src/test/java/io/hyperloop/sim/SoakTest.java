package io.hyperloop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.state.IntakeFile;
import io.hyperloop.adapter.state.TaskFile;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A month of {@code watch} with nothing failing: what grows, grows with the tasks there are. */
class SoakTest {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int SPECS = 20;
  private static final int POINTS = 10;

  /** What there was at one moment. */
  record Point(int tasks, long stateBytes, long heapBytes, int threads) {}

  @Test
  void aMonthOfWatchingIsSpentWithoutGrowing() {
    List<Point> curve = soak(400);
    assertThat(curve.getLast().threads()).isLessThanOrEqualTo(curve.getFirst().threads() + 4);
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
    assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + 4);
  }

  static List<Point> soak(int tasks) {
    Simulation sim = Simulation.steady(1);
    var curve = new ArrayList<Point>();
    Duration between = MONTH.dividedBy(tasks);
    edit(sim, between, 0, tasks);
    for (int i = 1; i <= POINTS; i++) {
      sim.time.in(MONTH.multipliedBy(i).dividedBy(POINTS), () -> curve.add(point(sim, tasks)));
    }
    sim.time.in(MONTH.plusHours(6), sim::end);
    sim.run();
    assertThat(sim.disk.state().tasks().size()).isBetween(tasks * 9 / 10, tasks);
    long open = sim.disk.state().tasks().list().stream().filter(Task::open).count();
    assertThat(open).as("only the last ones may be under way").isLessThan(3);
    return curve;
  }

  /** Somebody writes a spec anew, again and again; each time that is one task. */
  private static void edit(Simulation sim, Duration between, int edits, int most) {
    if (edits == most) {
      return;
    }
    sim.time.in(
        between,
        () -> {
          String ignored = sim.specs.write("specs/s" + edits % SPECS + ".md", "text " + edits);
          forget(sim);
          edit(sim, between, edits + 1, most);
        });
  }

  /** The world that is simulated would grow as well; only the loop is looked at. */
  private static void forget(Simulation sim) {
    var needed = new HashSet<String>();
    for (Task task : sim.disk.state().tasks()) {
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
    var point = new Point(state.tasks().size(), bytes, heap(), threads());
    if (tasks > 1000) {
      System.out.printf(
          "%,d tasks | state %,d KiB | heap after GC %,d KiB | %d threads%n",
          point.tasks(), point.stateBytes() >> 10, point.heapBytes() >> 10, point.threads());
    }
    return point;
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
