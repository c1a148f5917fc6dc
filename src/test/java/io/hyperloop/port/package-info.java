/**
 * One contract per port, as an abstract test class, and a fake beside each. The fake passes the
 * contract like every real adapter.
 */
@NullMarked
package io.hyperloop.port;

import org.jspecify.annotations.NullMarked;
