package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real jar, killed by {@code kill -9} at any instant, on real repositories. {@code mvn -Pkill
 * verify}; {@code -Dkill.seed=N} plans the same moments again, {@code -Dkill.kills=N} more of them.
 */
@Tag("kill")
class KillTest {
  private static final int REPOSITORIES = 20;
  private static final int SIDE_BY_SIDE = 3;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path temp;

  private final Map<String, Integer> moments = new TreeMap<>();

  @Test
  void nothingIsLostDoneTwiceOrLeftBehind() throws Exception {
    int kills = Integer.getInteger("kill.kills", 200);
    long seed = Long.getLong("kill.seed", System.nanoTime() % 1_000_000);
    int each = Math.ceilDiv(kills, REPOSITORIES);
    int repositories = Math.min(REPOSITORIES, kills);
    System.out.println("kill test: -Dkill.seed=" + seed + " -Dkill.kills=" + kills);
    long begun = System.nanoTime();
    var restarts = new AtomicInteger();
    var failures = new ArrayList<Throwable>();
    try (ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      var runs = new ArrayList<Future<?>>();
      for (int i = 0; i < repositories; i++) {
        int number = i;
        runs.add(
            pool.submit(() -> {
              var run = new KillRun(temp.resolve("r" + number), seed * REPOSITORIES + number);
              try {
                run.kill(each, this::count);
              } catch (Throwable e) {
                throw new AssertionError("repository " + number + " of seed " + seed, e);
              } finally {
                restarts.addAndGet(run.restarts());
              }
              return null;
            }));
      }
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (java.util.concurrent.ExecutionException e) {
          failures.add(e.getCause());
        }
      }
    }
    print(restarts.get(), begun);
    assertThat(failures.stream().map(f -> f.getMessage() + ": " + f.getCause()))
        .as("seed " + seed + ", in " + temp)
        .isEmpty();
  }

  private synchronized void count(String moment) {
    moments.merge(moment, 1, Integer::sum);
  }

  private synchronized void print(int restarts, long begun) {
    int kills = moments.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf("%-78s %5s%n", "killed while", "kills");
    moments.forEach((moment, times) -> System.out.printf("%-78s %5d%n", moment, times));
    System.out.printf(
        "%d kills, %d starts, %d s%n",
        kills, restarts, (System.nanoTime() - begun) / 1_000_000_000);
  }
}
