/**
 * What {@code hyperloop demo} needs in place of a real model and a real project: a scripted model
 * on loopback that speaks the providers' interfaces, and a sample repository. Tests use the model,
 * too.
 *
 * <p>Must not know the loop: to it, the scripted model is a model like any other.
 */
@NullMarked
package io.hyperloop.demo;

import org.jspecify.annotations.NullMarked;
