/**
 * What hyperloop knows and how it decides: immutable records, sealed types, pure functions.
 *
 * <p>Must not know: any adapter, file, process, clock, thread or environment. Imports {@code
 * java.*} only.
 */
@NullMarked
package io.hyperloop.domain;

import org.jspecify.annotations.NullMarked;
