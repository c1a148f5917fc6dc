/** Commands: parse, call, print. No decisions. */
@NullMarked
package io.hyperloop.cli;

import org.jspecify.annotations.NullMarked;
