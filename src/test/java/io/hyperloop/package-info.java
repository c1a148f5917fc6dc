/** Tests of the whole: structure, style, the real jar. */
@NullMarked
package io.hyperloop;

import org.jspecify.annotations.NullMarked;
