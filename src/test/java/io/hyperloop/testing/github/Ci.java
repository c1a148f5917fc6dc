package io.hyperloop.testing.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The checks that start for each new head of a pull request, and end some ticks later. */
public final class Ci {
  /**
   * What a check will do.
   *
   * @param conclusion as GitHub writes it, in small letters
   */
  public record Plan(String name, boolean status, int ticks, String conclusion, String log) {
    /** A run of a job that ends well. */
    public static Plan green(String name, int ticks) {
      return new Plan(name, false, ticks, "success", "all is well\n");
    }

    /** A run of a job that fails. */
    public static Plan red(String name, int ticks, String log) {
      return new Plan(name, false, ticks, "failure", log);
    }
  }

  private final Map<String, List<Check>> checks = new LinkedHashMap<>();
  private Function<String, List<Plan>> plans = head -> List.of();
  private long nextId = 9000;
  private int runs;

  Ci() {}

  /** What to do for each head from now on. */
  public synchronized void planned(Function<String, List<Plan>> byHead) {
    plans = byHead;
  }

  /** How many heads had checks started. */
  public synchronized int runs() {
    return runs;
  }

  /** Replaces a check of a head by one that is done, as when somebody runs it again. */
  public synchronized void ends(String head, String name, String conclusion, String log) {
    List<Check> of = checks.computeIfAbsent(head, _ -> new ArrayList<>());
    of.removeIf(check -> check.name().equals(name));
    of.add(new Check(nextId++, name, head, false, 0, conclusion, log));
  }

  synchronized void begin(String head) {
    if (!checks.containsKey(head)) {
      List<Check> started = new ArrayList<>();
      for (Plan plan : plans.apply(head)) {
        started.add(
            new Check(
                nextId++,
                plan.name(),
                head,
                plan.status(),
                plan.ticks(),
                plan.conclusion(),
                plan.log()));
      }
      runs += started.isEmpty() ? 0 : 1;
      checks.put(head, started);
    }
  }

  synchronized void tick() {
    checks.replaceAll((_, of) -> new ArrayList<>(of.stream().map(Check::tick).toList()));
  }

  synchronized List<Check> of(String head) {
    return List.copyOf(checks.getOrDefault(head, List.of()));
  }

  synchronized Optional<Check> byId(long id) {
    return checks.values().stream().flatMap(List::stream).filter(c -> c.id() == id).findFirst();
  }
}
