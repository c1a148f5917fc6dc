/** Tests of agents that speak the Agent Client Protocol: a fake one, and the real OpenCode. */
@NullMarked
package io.hyperloop.adapter.agent.acp;

import org.jspecify.annotations.NullMarked;
