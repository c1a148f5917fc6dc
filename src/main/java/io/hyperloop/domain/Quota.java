package io.hyperloop.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How far agents may use up what a subscription allows.
 *
 * @param reserve the part that is left to people's own sessions, 0 to 1
 * @param overage whether to go on beyond what is allowed, which is billed
 */
public record Quota(double reserve, boolean overage) {
  public static final Quota DEFAULT = new Quota(0, false);

  /** Until when nothing more may draw on it; empty if it may now. */
  Optional<Instant> closedUntil(Allowance allowance) {
    boolean closed =
        allowance.used() >= 1
            ? !overage
            : allowance.used() >= 1 - reserve || (allowance.overage() && !overage);
    return closed ? Optional.ofNullable(allowance.resetsAt()) : Optional.empty();
  }
}
