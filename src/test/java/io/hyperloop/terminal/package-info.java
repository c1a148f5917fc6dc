/** Text on screens. */
@NullMarked
package io.hyperloop.terminal;

import org.jspecify.annotations.NullMarked;
