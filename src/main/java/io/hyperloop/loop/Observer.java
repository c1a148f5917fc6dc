package io.hyperloop.loop;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.SpecSource;
import io.hyperloop.port.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the slow part of the sight fresh: specs and templates at the base branch's tip. They are
 * read anew off the deciding thread, and only when the tip has moved or a spec's commit is wanted.
 */
final class Observer {
  private final SpecSource specs;
  private final Templates templates;
  private final Lanes lanes;
  private final Jobs jobs;
  private final Runnable wake;
  private volatile @Nullable Snapshot snapshot;
  private volatile boolean refreshing;
  private volatile @Nullable PortFailure templateFailure;
  private final Duration pollInterval;
  private Instant tried = Instant.EPOCH;

  /**
   * Over those ports.
   *
   * @param pollInterval how often templates that the environment kept from building are tried again
   */
  Observer(Ports ports, Lanes lanes, Jobs jobs, Duration pollInterval, Runnable wake) {
    this.pollInterval = pollInterval;
    this.specs = ports.specs();
    this.templates = ports.templates();
    this.lanes = lanes;
    this.jobs = jobs;
    this.wake = wake;
  }

  /** Specs and templates as they were at one commit of the base branch. */
  record Snapshot(String tip, Map<String, Spec> specs, Templates.Playbook playbook) {}

  /**
   * Reads everything, at once; what cannot be read at the start ends the run.
   *
   * @throws PortFailure if specs or templates cannot be read
   */
  Snapshot begin(State state) {
    String tip = specs.tip();
    var first = new Snapshot(tip, specs.at(tip, state.intake().handled()), templates.at(tip));
    snapshot = first;
    return first;
  }

  /** What is known; starts to read anew if it is out of date. */
  Snapshot look(State state, Instant now) {
    Snapshot known = current();
    String tip = specs.tip();
    if (!refreshing
        && (!tip.equals(known.tip()) || wantsCommits(known, state) || templatesAreDue(now))) {
      refreshing = true;
      tried = now;
      lanes.run(this, () -> refresh(tip, state));
    }
    return known;
  }

  /** What an edit must mend waits for that edit; what failed around us may work by now. */
  private boolean templatesAreDue(Instant now) {
    PortFailure failure = templateFailure;
    return failure != null
        && failure.kind() == Problem.Kind.ENVIRONMENT
        && Duration.between(tried, now).abs().compareTo(pollInterval) >= 0;
  }

  /** Whether what {@link #look} gave is still the latest there is: more may be known by now. */
  boolean fresh(Snapshot seen) {
    return !refreshing && current().equals(seen) && specs.tip().equals(seen.tip());
  }

  /** Why the templates at the latest tip could not be built; the last good ones stay in force. */
  Optional<PortFailure> templateFailure() {
    return Optional.ofNullable(templateFailure);
  }

  Snapshot current() {
    Snapshot known = snapshot;
    if (known == null) {
      throw new IllegalStateException("nothing was observed yet");
    }
    return known;
  }

  private void refresh(String tip, State state) {
    try {
      Map<String, Spec> seen = specs.at(tip, state.intake().handled());
      Templates.Playbook playbook = current().playbook();
      try {
        playbook = templates.at(tip);
        templateFailure = null;
      } catch (PortFailure e) {
        templateFailure = e;
      }
      snapshot = new Snapshot(tip, seen, playbook);
    } catch (RuntimeException e) {
      jobs.fatal(e);
    } finally {
      refreshing = false;
      wake.run();
    }
  }

  /** A spec that was handled when it was read may be a gap now, and then its commit is needed. */
  private static boolean wantsCommits(Snapshot known, State state) {
    for (Spec spec : known.specs().values()) {
      if (spec.commit() == null && !state.intake().covers(spec)) {
        return true;
      }
    }
    return false;
  }
}
