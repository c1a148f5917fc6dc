package io.hyperloop.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a subscription allows is gone, as its provider says.
 *
 * @param used 0 nothing, 1 all of it; more is overage
 * @param resetsAt when it begins anew; null if that was not said
 * @param overage whether more is being used than is allowed, and billed
 */
public record Allowance(double used, @Nullable Instant resetsAt, boolean overage) {
  public Allowance {
    if (!(used >= 0)) {
      throw new IllegalArgumentException("an allowance that is used by " + used);
    }
  }
}
