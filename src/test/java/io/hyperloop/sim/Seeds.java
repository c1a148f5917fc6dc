package io.hyperloop.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many worlds. Each is a sequence of steps; so that the processors have something to do,
 * several run at once, and what is reported does not depend on which ends first.
 */
final class Seeds {
  private final long first;
  private final long count;

  Seeds(long first, long count) {
    this.first = first;
    this.count = count;
  }

  /** Those that the command line asks for, else so many from 0. */
  static Seeds of(long usual) {
    Long one = Long.getLong("sim.seed");
    return one != null
        ? new Seeds(one, 1)
        : new Seeds(Long.getLong("sim.first", 0), Long.getLong("sim.seeds", usual));
  }

  long count() {
    return count;
  }

  /** How often each thing was come across. */
  record Reached(TreeMap<String, Integer> times) {
    private synchronized void add(Simulation simulation) {
      simulation.trace.counts().forEach((what, n) -> times.merge(what, n, Integer::sum));
    }
  }

  /**
   * Runs all.
   *
   * @throws Violation of the lowest seed that has one; later ones may not have been run
   */
  Reached run(KnownBug bug) {
    var reached = new Reached(new TreeMap<>());
    violation(bug, reached)
        .ifPresent(violation -> {
          throw violation;
        });
    return reached;
  }

  /** The violation of the lowest seed that has one. */
  Optional<Violation> violation(KnownBug bug) {
    return violation(bug, new Reached(new TreeMap<>()));
  }

  private Optional<Violation> violation(KnownBug bug, Reached reached) {
    var next = new AtomicLong(first);
    var found = new ConcurrentSkipListMap<Long, Violation>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofVirtual().start(() -> work(bug, next, found, reached)));
    }
    for (Thread thread : threads) {
      join(thread);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.firstEntry().getValue());
  }

  private void work(
      KnownBug bug,
      AtomicLong next,
      ConcurrentSkipListMap<Long, Violation> found,
      Reached reached) {
    for (long seed = next.getAndIncrement();
        seed < first + count && found.isEmpty();
        seed = next.getAndIncrement()) {
      var simulation = new Simulation(seed, bug);
      try {
        simulation.run();
      } catch (Violation violation) {
        found.put(seed, violation);
      }
      reached.add(simulation);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
