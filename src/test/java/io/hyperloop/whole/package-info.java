/** The real jar on real repositories, as a user has it. */
@NullMarked
package io.hyperloop.whole;

import org.jspecify.annotations.NullMarked;
