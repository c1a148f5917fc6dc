package io.hyperloop.adapter.agent;

/**
 * One process as the kernel shows it. A pid alone names nothing, since pids are used again: pid and
 * start together do.
 *
 * @param start in the kernel's own units, comparable within one boot only
 * @param session the pid of the session's leader; -1 where it is not known
 */
record ProcessEntry(long pid, long start, long parent, long session) {

  boolean same(ProcessEntry other) {
    return pid == other.pid && start == other.start;
  }
}
