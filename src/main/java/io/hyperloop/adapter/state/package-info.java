/**
 * The text of the state's files: tasks, reviews, intake.
 *
 * <p>Pure text in, records out; knows nothing of git.
 */
@NullMarked
package io.hyperloop.adapter.state;

import org.jspecify.annotations.NullMarked;
