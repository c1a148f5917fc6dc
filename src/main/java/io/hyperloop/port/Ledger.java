package io.hyperloop.port;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.Usage;
import org.jspecify.annotations.Nullable;

/** What agents use, written down while they use it; survives whoever writes it. From any thread. */
public interface Ledger {

  /** Keeps nothing: for where nothing is paid for. */
  Ledger NONE =
      new Ledger() {
        @Override
        public void used(Entry entry) {}

        @Override
        public void ended(String worker) {}

        @Override
        public void allowance(String program, Allowance allowance) {}

        @Override
        public Spending spending() {
          return Spending.NONE;
        }
      };

  /**
   * What one worker has used so far, in all.
   *
   * @param worker unique among all workers ever
   * @param program the harness, as {@link io.hyperloop.domain.Cast} names it
   * @param model empty if unknown
   * @param spec the path of the task's spec; null for the PM
   */
  record Entry(
      String worker,
      JobKey key,
      String role,
      String program,
      String model,
      @Nullable String spec,
      Usage usage) {}

  /** Replaces what was told of the same worker before. Best effort on disk: never throws. */
  void used(Entry entry);

  /** That worker will use no more. */
  void ended(String worker);

  /** Replaces what was told of that program's allowance before. */
  void allowance(String program, Allowance allowance);

  /** As of now. Never blocks on the disk. */
  Spending spending();
}
