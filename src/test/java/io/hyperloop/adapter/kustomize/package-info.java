/** Tests of template building and of making a repository ready. */
@NullMarked
package io.hyperloop.adapter.kustomize;

import org.jspecify.annotations.NullMarked;
