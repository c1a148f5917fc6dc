/**
 * Agents that speak the Agent Client Protocol (JSON-RPC, one message a line): OpenCode, Gemini,
 * Qwen and others, by their command. Knows the protocol and no agent by name. Source:
 * https://agentclientprotocol.com.
 */
@NullMarked
package io.hyperloop.adapter.agent.acp;

import org.jspecify.annotations.NullMarked;
