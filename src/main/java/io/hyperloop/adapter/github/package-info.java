/**
 * GitHub: pull requests by its REST and GraphQL interfaces.
 *
 * <p>Everything that goes over the wire goes through {@link io.hyperloop.adapter.github.Wire},
 * which alone holds the token. Must not know git, tasks or gates; what is read is data with limits.
 */
@NullMarked
package io.hyperloop.adapter.github;

import org.jspecify.annotations.NullMarked;
