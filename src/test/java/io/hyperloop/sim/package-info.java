/**
 * The whole loop on fakes: one seed chooses who goes on next, what fails, what agents and people
 * do, and when everything in memory is lost. See docs/adr/0007-one-seed-drives-everything.md.
 *
 * <p>Knows ports, loop and domain. Must not know an adapter, but for the files that state is kept
 * in.
 */
@NullMarked
package io.hyperloop.sim;

import org.jspecify.annotations.NullMarked;
