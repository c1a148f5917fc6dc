package io.hyperloop.loop;

import io.hyperloop.domain.Decision;
import java.util.List;

/** A decision that would have broken an invariant: a bug of ours. Nothing of it was written. */
public final class InvariantViolation extends RuntimeException {
  public InvariantViolation(List<String> violated, Decision decision) {
    super(
        "invariants violated:\n  "
            + String.join("\n  ", violated)
            + "\nmoves: "
            + decision.moves()
            + "\nevents: "
            + decision.events());
  }
}
