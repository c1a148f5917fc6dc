/** The client of GitHub, against its double. */
@NullMarked
package io.hyperloop.adapter.github;

import org.jspecify.annotations.NullMarked;
