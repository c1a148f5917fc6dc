/** Git, over real repositories. */
@NullMarked
package io.hyperloop.adapter.git;

import org.jspecify.annotations.NullMarked;
