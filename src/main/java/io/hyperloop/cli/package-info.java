/**
 * Commands: parse, call, print. No decisions.
 *
 * <p>What is shown is judged in the domain ({@code Overview}); what is set in motion lies behind
 * {@link Engine} and {@link Workspace}, which the composition root implements.
 */
@NullMarked
package io.hyperloop.cli;

import org.jspecify.annotations.NullMarked;
