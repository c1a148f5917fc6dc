/** Tests of the harness for Codex: on lines it printed, and on the real program. */
@NullMarked
package io.hyperloop.adapter.agent.codex;

import org.jspecify.annotations.NullMarked;
