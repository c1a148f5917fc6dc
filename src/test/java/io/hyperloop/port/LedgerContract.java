package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Usage;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every ledger keeps to. */
public abstract class LedgerContract {
  protected static final TaskId TASK = new TaskId(1);

  protected abstract Ledger ledger();

  protected static Ledger.Entry entry(String worker, Usage usage) {
    return new Ledger.Entry(
        worker,
        new JobKey.TaskStep(TASK, "implementer", 0, 0),
        "implementer",
        "claude-code",
        "claude-opus-5-5",
        "specs/auth.md",
        usage);
  }

  protected static Ledger.Entry planning(String worker, Usage usage) {
    return new Ledger.Entry(
        worker, new JobKey.Planning(1), "pm", "claude-code", "claude-opus-5-5", null, usage);
  }

  protected static Usage usage(long output, long microUsd) {
    return new Usage(10, 1_000, 20, output, microUsd, Usage.Basis.PAID);
  }

  @Test
  void whatAWorkerUsedLastReplacesWhatItUsedBefore() {
    Ledger ledger = ledger();
    ledger.used(entry("w1", usage(1, 100)));
    ledger.used(entry("w1", usage(2, 250)));
    ledger.ended("w1");

    assertThat(ledger.spending().period()).isEqualTo(usage(2, 250));
    assertThat(ledger.spending().tasks()).isEqualTo(Map.of(TASK, usage(2, 250)));
  }

  @Test
  void workersAddUpAndThePmCountsToNoTask() {
    Ledger ledger = ledger();
    ledger.used(entry("w1", usage(1, 100)));
    ledger.ended("w1");
    ledger.used(entry("w2", usage(2, 200)));
    ledger.used(planning("w3", usage(3, 300)));

    assertThat(ledger.spending().period().microUsd()).isEqualTo(600);
    assertThat(ledger.spending().on(TASK).microUsd()).isEqualTo(300);
    assertThat(ledger.spending().on(new TaskId(2))).isEqualTo(Usage.NONE);
  }

  @Test
  void theLastWordOnAnAllowanceStands() {
    Ledger ledger = ledger();
    var last = new Allowance(0.9, Instant.parse("2026-01-01T17:00:00Z"), false);
    ledger.allowance("claude-code", new Allowance(0.5, null, false));
    ledger.allowance("claude-code", last);

    assertThat(ledger.spending().allowances()).isEqualTo(Map.of("claude-code", last));
  }

  @Test
  void aWorkerThatUsedNothingEndsWithoutATrace() {
    Ledger ledger = ledger();
    ledger.ended("nobody");

    assertThat(ledger.spending().period()).isEqualTo(Usage.NONE);
  }
}
