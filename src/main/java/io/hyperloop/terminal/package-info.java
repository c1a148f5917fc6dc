/**
 * Text on a screen: widths, escaping of hostile text, colours, tables.
 *
 * <p>Knows nothing of hyperloop; used by whatever prints.
 */
@NullMarked
package io.hyperloop.terminal;

import org.jspecify.annotations.NullMarked;
