/** The commands, on a workspace in memory. */
@NullMarked
package io.hyperloop.cli;

import org.jspecify.annotations.NullMarked;
