@NullMarked
package io.hyperloop.adapter.ledger;

import org.jspecify.annotations.NullMarked;
