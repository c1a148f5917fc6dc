/**
 * The embedded agent: Anthropic's Messages API through the official SDK, with a shell and a text
 * editor that we execute in the work tree.
 *
 * <p>Nothing outside this package names a class of the SDK, so that none is loaded where another
 * harness is used.
 */
@NullMarked
package io.hyperloop.adapter.agent.anthropic;

import org.jspecify.annotations.NullMarked;
