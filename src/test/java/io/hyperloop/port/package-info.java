/** Contracts of the ports, and the fakes that keep them. */
@NullMarked
package io.hyperloop.port;

import org.jspecify.annotations.NullMarked;
