package io.hyperloop.cli;

import io.hyperloop.domain.Budget;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import io.hyperloop.terminal.Table;
import io.hyperloop.terminal.Table.Cell;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What agents have used, added up by something that they have in common. */
final class UsageView {
  /** By what it is added up. */
  enum By {
    TASK,
    ROLE,
    SPEC,
    MODEL,
    WORKER
  }

  private record Sum(int agents, Usage usage) {
    Sum plus(Sum other) {
      return new Sum(agents + other.agents, usage.plus(other.usage));
    }
  }

  private final By by;
  private final Map<String, Sum> sums = new TreeMap<>();

  UsageView(Collection<Ledger.Entry> entries, By by) {
    this.by = by;
    entries.forEach(entry -> sums.merge(name(entry), new Sum(1, entry.usage()), Sum::plus));
  }

  private String name(Ledger.Entry entry) {
    String spec = entry.spec();
    return switch (by) {
      case TASK ->
          entry.key() instanceof JobKey.TaskStep step ? step.task().toString() : entry.role();
      case ROLE -> entry.role();
      case SPEC -> spec == null ? "(planning)" : spec;
      case MODEL -> entry.model().isEmpty() ? entry.program() : entry.model();
      case WORKER -> entry.worker();
    };
  }

  boolean empty() {
    return sums.isEmpty();
  }

  Table table() {
    Table table =
        Table.of(
            by.name() + "...", "AGENTS", "COST", "INPUT", "CACHE WRITE", "CACHE READ", "OUTPUT");
    sums.forEach((name, sum) -> row(table, name, sum));
    row(table, "all", sums.values().stream().reduce(new Sum(0, Usage.NONE), Sum::plus));
    return table;
  }

  private static void row(Table table, String name, Sum sum) {
    Usage usage = sum.usage();
    table.row(
        Cell.of(name),
        Cell.of(String.valueOf(sum.agents())),
        Cell.of(cost(usage)),
        Cell.of(number(usage.input())),
        Cell.of(number(usage.cacheWrite())),
        Cell.of(number(usage.cacheRead())),
        Cell.of(number(usage.output())));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String cost(Usage usage) {
    String dollars = Budget.dollars(usage.microUsd());
    return switch (usage.basis()) {
      case PAID -> dollars;
      case EQUIVALENT -> dollars + " (equivalent)";
      case UNPRICED -> dollars + " and more";
    };
  }

  List<Map<String, @Nullable Object>> fields() {
    return sums.entrySet().stream().map(e -> fields(e.getKey(), e.getValue())).toList();
  }

  private Map<String, @Nullable Object> fields(String name, Sum sum) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put(by.name().toLowerCase(Locale.ROOT), name);
    fields.put("agents", sum.agents());
    fields.put("cost_usd", sum.usage().microUsd() / 1e6);
    fields.put("basis", sum.usage().basis().name().toLowerCase(Locale.ROOT));
    fields.put("input", sum.usage().input());
    fields.put("cache_write", sum.usage().cacheWrite());
    fields.put("cache_read", sum.usage().cacheRead());
    fields.put("output", sum.usage().output());
    return fields;
  }
}
