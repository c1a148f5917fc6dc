package io.hyperloop.sim;

/** What must always hold did not. */
final class Violation extends AssertionError {
  private final transient Invariant invariant;

  Violation(Invariant invariant, String detail) {
    super(invariant + ": " + detail);
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }
}
