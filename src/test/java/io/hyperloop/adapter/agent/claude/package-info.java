/** Tests of the harness for Claude Code: on lines it printed, and on the real program. */
@NullMarked
package io.hyperloop.adapter.agent.claude;

import org.jspecify.annotations.NullMarked;
