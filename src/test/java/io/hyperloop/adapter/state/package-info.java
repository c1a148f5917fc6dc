/** The text of the state files, over many seeds. */
@NullMarked
package io.hyperloop.adapter.state;

import org.jspecify.annotations.NullMarked;
