package io.hyperloop.adapter.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over lines that Codex 0.169.0 wrote down. */
class CodexRecordTest {
  private static final String THREAD = "01a205cb-c59a-7011-84e0-23fc256145b9";
  private static final String REPLY =
      """
      {"type":"token_usage_record","payload":{"usage":{"input_tokens":100,"cached_input_tokens":40,"cache_write_input_tokens":5,"output_tokens":10,"reasoning_output_tokens":3,"total_tokens":110}}}
      """;

  @TempDir Path home;
  private final List<Usage> told = new ArrayList<>();
  private final List<Allowance> allowances = new ArrayList<>();
  private final CodexRecord record =
      new CodexRecord(
          new Monitor() {
            @Override
            public void stirred() {}

            @Override
            public void used(String model, Usage total) {
              told.add(total);
            }

            @Override
            public void allowance(Allowance allowance) {
              allowances.add(allowance);
            }

            @Override
            public void session(String id) {}
          },
          "",
          Usage.Basis.PAID);

  @Test
  void eachReplyIsCountedAtThePriceOfItsModel() throws IOException {
    write("{\"type\":\"turn_context\",\"payload\":{\"model\":\"gpt-5.5\"}}\n" + REPLY + REPLY);

    read(0);

    // 55 read at $5, 40 from the cache at $0.50, 5 into it at $5, 10 written at $30.
    assertThat(told)
        .containsExactly(
            new Usage(55, 40, 5, 10, 620, Usage.Basis.PAID),
            new Usage(110, 80, 10, 20, 1_240, Usage.Basis.PAID));
    assertThat(record.replies()).isEqualTo(2);
  }

  @Test
  void whatAnEarlierRunUsedIsNotCountedAgain() throws IOException {
    write(REPLY);
    long before = RecordTail.length(home, THREAD);
    write(REPLY + REPLY);

    read(before);

    assertThat(told).hasSize(1);
  }

  @Test
  void aModelWithoutAPriceIsCountedWithoutOne() throws IOException {
    write("{\"type\":\"turn_context\",\"payload\":{\"model\":\"gpt-99\"}}\n" + REPLY);

    read(0);

    assertThat(told).containsExactly(new Usage(55, 40, 5, 10, 0, Usage.Basis.UNPRICED));
  }

  @Test
  void theFullestOfItsAllowancesIsTold() throws IOException {
    write(
        """
        {"type":"event_msg","payload":{"type":"token_count","info":null,"rate_limits":{"primary":{"used_percent":20.0,"window_minutes":300,"resets_at":1795400000},"secondary":{"used_percent":91.5,"window_minutes":10080,"resets_at":1795500000}}}}
        """);

    read(0);

    assertThat(allowances)
        .containsExactly(new Allowance(0.915, Instant.ofEpochSecond(1_795_500_000L), false));
  }

  @Test
  void whatAnAgentPutsInItsPlaceIsNotRead() throws IOException {
    Path elsewhere = Files.writeString(home.resolve("elsewhere"), REPLY);
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), elsewhere);

    read(0);

    assertThat(told).isEmpty();
  }

  @Test
  void aRecordThatIsNoneIsNotCounted() throws IOException {
    write("{\"type\":\"token_usage_record\",\"payload\":[]}\n[[[\n\u0000\n{\"type\":1}\n");

    read(0);

    assertThat(record.used().tokens()).isZero();
  }

  private Path file() {
    return home.resolve("sessions/2026/11/23")
        .resolve("rollout-2026-11-23T00-26-10-" + THREAD + ".jsonl");
  }

  private void write(String lines) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), lines);
  }

  private void read(long from) {
    new RecordTail(home, THREAD, from, record).close();
  }
}
