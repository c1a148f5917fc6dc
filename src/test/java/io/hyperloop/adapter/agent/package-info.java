/** Tests of the local runtime and its harnesses, with real processes. */
@NullMarked
package io.hyperloop.adapter.agent;

import org.jspecify.annotations.NullMarked;
