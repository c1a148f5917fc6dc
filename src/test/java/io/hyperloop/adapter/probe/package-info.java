/** Events in words, on pipes, files and screens. */
@NullMarked
package io.hyperloop.adapter.probe;

import org.jspecify.annotations.NullMarked;
