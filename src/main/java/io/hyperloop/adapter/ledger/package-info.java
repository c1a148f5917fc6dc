/** What agents use, in files of the state directory. */
@NullMarked
package io.hyperloop.adapter.ledger;

import org.jspecify.annotations.NullMarked;
