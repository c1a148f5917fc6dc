/** Tests of the embedded agent, through the real SDK against a scripted model on loopback. */
@NullMarked
package io.hyperloop.adapter.agent.anthropic;

import org.jspecify.annotations.NullMarked;
