/** Agent templates and process out of a kustomize build. */
@NullMarked
package io.hyperloop.adapter.kustomize;

import org.jspecify.annotations.NullMarked;
