/**
 * Git: specs, state, work trees, merging, following a checked-out base.
 *
 * <p>Holds no rule: what to do is decided in the domain.
 */
@NullMarked
package io.hyperloop.adapter.git;

import org.jspecify.annotations.NullMarked;
