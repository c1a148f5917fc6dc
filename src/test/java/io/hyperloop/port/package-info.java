/** One suite per port, and the fakes that pass it. */
@NullMarked
package io.hyperloop.port;

import org.jspecify.annotations.NullMarked;
