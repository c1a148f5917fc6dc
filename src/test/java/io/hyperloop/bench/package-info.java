/** Figures for docs/performance.md. Printed, never asserted: {@code mvn -Pbench verify}. */
@NullMarked
package io.hyperloop.bench;

import org.jspecify.annotations.NullMarked;
