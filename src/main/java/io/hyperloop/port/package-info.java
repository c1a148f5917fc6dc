/**
 * What the loop needs from the world, as interfaces.
 *
 * <p>Knows the domain. Must not know an adapter, a file format, a process or a protocol.
 */
@NullMarked
package io.hyperloop.port;

import org.jspecify.annotations.NullMarked;
