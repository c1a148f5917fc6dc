/**
 * The local runtime and its harnesses.
 *
 * <p>Holds no rule: what an ended worker means is decided in the domain.
 */
@NullMarked
package io.hyperloop.adapter.agent;

import org.jspecify.annotations.NullMarked;
