package io.hyperloop.sim;

/**
 * The process is gone. An error, since the loop takes exceptions for failures of the world and
 * would go on.
 */
final class Crash extends Error {
  Crash() {
    super("killed", null, false, false);
  }
}
