/** Tests of the demo's model and repository. */
@NullMarked
package io.hyperloop.demo;

import org.jspecify.annotations.NullMarked;
