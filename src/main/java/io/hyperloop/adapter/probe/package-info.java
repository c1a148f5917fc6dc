/**
 * Where events go: a terminal, a pipe, a log. All best effort: nothing here stops the orchestrator.
 *
 * <p>Must not know the loop. Nothing is decided on what is shown.
 */
@NullMarked
package io.hyperloop.adapter.probe;

import org.jspecify.annotations.NullMarked;
