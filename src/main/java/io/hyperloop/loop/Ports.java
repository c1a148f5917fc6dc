package io.hyperloop.loop;

import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.Inbox;
import io.hyperloop.port.Lease;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.Probe;
import io.hyperloop.port.Publishing;
import io.hyperloop.port.SpecSource;
import io.hyperloop.port.StateStore;
import io.hyperloop.port.Templates;
import io.hyperloop.port.Trunk;

/** The world, as the loop sees it. */
public record Ports(
    SpecSource specs,
    StateStore store,
    AgentRuntime runtime,
    Trunk trunk,
    Templates templates,
    Inbox inbox,
    Lease lease,
    Ledger ledger,
    Publishing publishing,
    Probe probe) {}
