/**
 * Codex as an agent: the user's own {@code codex} program, started without a terminal by {@code
 * codex exec}, its lines of JSON and the record that it keeps of its conversation read as they
 * come.
 *
 * <p>What they mean is known here and nowhere else; the rules for what follows from an end are the
 * domain's.
 */
@NullMarked
package io.hyperloop.adapter.agent.codex;

import org.jspecify.annotations.NullMarked;
