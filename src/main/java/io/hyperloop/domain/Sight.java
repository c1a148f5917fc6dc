package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The world as observed at one moment.
 *
 * @param baseTip the commit at the tip of the base branch
 * @param specs by path
 * @param ended results not yet consumed
 * @param workers agents that run or are being started, the PM included
 * @param merges actions that run, and pull requests that are brought up to date
 * @param deferred actions that said "not yet", and when
 * @param landed heads of complete tasks that were found on the base branch without our doing
 * @param inbox requests not yet consumed, in order
 * @param spending what agents have used
 * @param pulls pull requests
 * @param stopping no new work is to be started
 */
public record Sight(
    String baseTip,
    Map<String, Spec> specs,
    ProcessDefinition process,
    List<JobEnd> ended,
    Set<JobKey> workers,
    Set<JobKey> merges,
    Map<JobKey, Instant> deferred,
    Set<String> landed,
    List<Request> inbox,
    Spending spending,
    Pulls pulls,
    boolean stopping) {}
