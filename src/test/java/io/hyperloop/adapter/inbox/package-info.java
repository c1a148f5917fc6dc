/** The inbox, on real directories. */
@NullMarked
package io.hyperloop.adapter.inbox;

import org.jspecify.annotations.NullMarked;
