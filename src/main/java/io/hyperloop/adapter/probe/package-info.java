/** Where events go: a terminal, a pipe, a log. */
@NullMarked
package io.hyperloop.adapter.probe;

import org.jspecify.annotations.NullMarked;
