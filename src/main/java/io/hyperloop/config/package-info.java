/** The configuration file into records, all problems at once. */
@NullMarked
package io.hyperloop.config;

import org.jspecify.annotations.NullMarked;
