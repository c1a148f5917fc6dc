package io.hyperloop.adapter.agent;

import io.hyperloop.port.Ledger;
import io.hyperloop.port.Workplace;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What all runs share.
 *
 * @param players who plays a role
 */
record Surroundings(
    Workplace workplace,
    Function<String, Player> players,
    AgentFiles files,
    WorkerEnvironment environment,
    Sandbox sandbox,
    Redaction redaction,
    Ledger ledger,
    InstantSource clock) {}
