/** The composition root: configuration in, object graph out. Knows everything; nothing knows it. */
@NullMarked
package io.hyperloop;

import org.jspecify.annotations.NullMarked;
