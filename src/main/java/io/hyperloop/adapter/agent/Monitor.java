package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;

/**
 * What a harness tells of its agent while it works. From any thread; returns at once and never
 * throws.
 */
public interface Monitor {

  /** A sign of life: a piece of output, a reply, a tool's end. */
  void stirred();

  /**
   * What the run has used so far, in all: replaces what was told before.
   *
   * @param model as the provider names it; empty if unknown
   */
  void used(String model, Usage total);

  /** What the provider says of the allowance that the agent draws on. */
  void allowance(Allowance allowance);

  /**
   * What the agent's program calls this conversation, so that a later run of the same job can go on
   * with it.
   */
  void session(String id);
}
