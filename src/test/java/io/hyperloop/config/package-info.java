/** Tests of configuration and process reading. */
@NullMarked
package io.hyperloop.config;

import org.jspecify.annotations.NullMarked;
