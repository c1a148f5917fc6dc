/** The real loop on fakes, on one thread: jobs run inline, so that nothing depends on timing. */
@NullMarked
package io.hyperloop.loop;

import org.jspecify.annotations.NullMarked;
