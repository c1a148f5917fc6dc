package io.hyperloop.adapter.git;

/** The instants between which a process may die while a branch is moved. */
enum AdvanceStep {
  NOTED,
  LOCKED,
  SWAPPED,
  COPIED,
  FILES_WRITTEN,
  INDEX_IN_PLACE,
  NOTE_FORGOTTEN
}
