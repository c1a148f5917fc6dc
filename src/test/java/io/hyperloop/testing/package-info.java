/** What tests of several packages share: real repositories in temporary directories. */
@NullMarked
package io.hyperloop.testing;

import org.jspecify.annotations.NullMarked;
