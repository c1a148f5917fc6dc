/**
 * GitHub, as far as hyperloop speaks to it: an HTTP server on loopback with a real git repository
 * behind it. Every request is held against GitHub's published descriptions.
 *
 * <p>Must not know the client that is tested with it.
 */
@NullMarked
package io.hyperloop.testing.github;

import org.jspecify.annotations.NullMarked;
