/**
 * What people ask for, as files in a directory.
 *
 * <p>Must not know what becomes of a request. Whatever lies in the directory is hostile until read.
 */
@NullMarked
package io.hyperloop.adapter.inbox;

import org.jspecify.annotations.NullMarked;
