package io.hyperloop.testing.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to go wrong, and when. */
public final class Faults {
  private record Armed(String kind, Fault fault, boolean always) {}

  private final List<Armed> armed = new ArrayList<>();

  Faults() {}

  /**
   * The next request of a kind meets it.
   *
   * @param kind such as {@code PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge}, {@code POST
   *     /graphql}, or the end of one; empty for any
   */
  public synchronized void next(String kind, Fault fault) {
    armed.add(new Armed(kind, fault, false));
  }

  /** Every request of a kind meets it, until {@link #none}. */
  public synchronized void always(String kind, Fault fault) {
    armed.add(new Armed(kind, fault, true));
  }

  /** From now on all goes well. */
  public synchronized void none() {
    armed.clear();
  }

  synchronized Optional<Fault> of(String kind) {
    Optional<Armed> found = armed.stream().filter(one -> kind.endsWith(one.kind())).findFirst();
    found.filter(one -> !one.always()).ifPresent(armed::remove);
    return found.map(Armed::fault);
  }
}
