/**
 * The cycle: observe, decide, record, perform.
 *
 * <p>Knows domain and ports. Must not know an adapter, a clock of its own, or the environment.
 */
@NullMarked
package io.hyperloop.loop;

import org.jspecify.annotations.NullMarked;
