@NullMarked
package io.hyperloop.adapter.disk;

import org.jspecify.annotations.NullMarked;
