package io.hyperloop.adapter.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Budget;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.LedgerContract;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest extends LedgerContract {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path state;
  private Instant now = Instant.parse("2026-06-01T12:00:00Z");

  @Override
  protected Ledger ledger() {
    return open(Budget.Period.RUN);
  }

  private FileLedger open(Budget.Period per) {
    return FileLedger.open(state, per, () -> now, BERLIN);
  }

  private FileLedger begun(Budget.Period per) {
    FileLedger ledger = open(per);
    ledger.begin();
    return ledger;
  }

  private long spent(FileLedger ledger) {
    return ledger.spending().period().microUsd();
  }

  @Test
  void aRunThatWasKilledGoesOnWithWhatItHasSpent() {
    FileLedger killed = begun(Budget.Period.RUN);
    killed.used(entry("w1", usage(1, 100)));
    killed.ended("w1");
    killed.used(entry("w2", usage(1, 50)));
    now = now.plus(Duration.ofDays(3));

    FileLedger next = begun(Budget.Period.RUN);

    assertThat(spent(next)).isEqualTo(150);
    assertThat(next.spending().on(TASK).microUsd()).isEqualTo(150);
    assertThat(FileLedger.all(state)).hasSize(2);
  }

  @Test
  void aRunThatEndedLeavesTheNextOneItsWholeBudgetButTasksKeepTheirs() {
    FileLedger first = begun(Budget.Period.RUN);
    first.used(entry("w1", usage(1, 100)));
    first.ended("w1");
    first.end();
    now = now.plusSeconds(1);

    FileLedger next = begun(Budget.Period.RUN);

    assertThat(spent(next)).isZero();
    assertThat(next.spending().on(TASK).microUsd()).isEqualTo(100);
  }

  @Test
  void aDayEndsAtMidnightWhereItRuns() {
    now = Instant.parse("2026-06-01T21:59:59Z");
    FileLedger ledger = begun(Budget.Period.DAY);
    ledger.used(entry("w1", usage(1, 100)));
    ledger.ended("w1");
    assertThat(spent(ledger)).isEqualTo(100);

    now = now.plusSeconds(1);
    assertThat(spent(ledger)).isZero();
    ledger.used(entry("w2", usage(1, 7)));
    assertThat(spent(ledger)).isEqualTo(7);
    assertThat(spent(open(Budget.Period.DAY))).isEqualTo(7);
  }

  @Test
  void aClockThatIsSetBackOverMidnightAndForwardAgainForgetsNothing() {
    FileLedger ledger = begun(Budget.Period.DAY);
    ledger.used(entry("w1", usage(1, 100)));
    ledger.ended("w1");
    now = now.minus(Duration.ofDays(1));
    assertThat(spent(ledger)).isZero();
    now = now.plus(Duration.ofDays(1));

    assertThat(spent(ledger)).isEqualTo(100);
  }

  @Test
  void aWorkerKilledBetweenItsLineAndTheEndOfItsFileCountsOnce() throws IOException {
    FileLedger ledger = begun(Budget.Period.RUN);
    ledger.used(entry("w1", usage(1, 100)));
    Path running = state.resolve("usage/running/w1.json");
    String left = Files.readString(running);
    ledger.ended("w1");
    assertThat(running).doesNotExist();
    Files.writeString(running, left);

    assertThat(spent(open(Budget.Period.RUN))).isEqualTo(100);
  }

  @Test
  void aLineThatAKillCutOffIsPassedOver() throws IOException {
    FileLedger ledger = begun(Budget.Period.RUN);
    ledger.used(entry("w1", usage(1, 100)));
    ledger.ended("w1");
    Files.writeString(
        state.resolve("usage/ledger.jsonl"), "{\"worker\":\"w2\",\"at", StandardOpenOption.APPEND);

    assertThat(spent(open(Budget.Period.RUN))).isEqualTo(100);
  }

  @Test
  void aLineAfterOneThatWasCutOffCounts() throws IOException {
    FileLedger killed = begun(Budget.Period.RUN);
    Files.writeString(state.resolve("usage/ledger.jsonl"), "{\"worker\":\"w2\",\"at");
    FileLedger next = open(Budget.Period.RUN);
    next.begin();
    next.used(entry("w3", usage(1, 100)));
    next.ended("w3");

    assertThat(killed.spending().period().microUsd()).isZero();
    assertThat(spent(open(Budget.Period.RUN))).isEqualTo(100);
  }

  @Test
  void aFullDiskLosesNothingThatIsKnownInMemory() throws IOException {
    FileLedger ledger = begun(Budget.Period.RUN);
    Files.createDirectories(state.resolve("usage"));
    Files.writeString(state.resolve("usage/running"), "a file where a folder should be");

    ledger.used(entry("w1", usage(1, 100)));

    assertThat(spent(ledger)).isEqualTo(100);
  }

  @Test
  void aLedgerThatCannotBeReadStopsTheRun() throws IOException {
    Files.createDirectories(state.resolve("usage/ledger.jsonl"));

    assertThatThrownBy(this::ledger)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("what agents have used cannot be read");
  }

  @Test
  void withoutAgentsThereIsNothingToTell() {
    assertThat(FileLedger.all(state)).isEmpty();
  }
}
