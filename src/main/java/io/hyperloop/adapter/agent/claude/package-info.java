/**
 * Claude Code as an agent: the user's own {@code claude} program, started without a terminal, its
 * stream of JSON lines read as it comes.
 *
 * <p>What the lines mean is known here and nowhere else; the rules for what follows from an end are
 * the domain's.
 */
@NullMarked
package io.hyperloop.adapter.agent.claude;

import org.jspecify.annotations.NullMarked;
