package io.hyperloop.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How bringing a task's pull request up to date ended. */
public sealed interface PublishEnd {

  /**
   * It is as wished.
   *
   * @param wish its fingerprint
   * @param pr the pull request's address; null where there is nothing to be looked at
   * @param head where the branch stands; other than wished if people pushed to it
   */
  record Done(String wish, @Nullable String pr, String head) implements PublishEnd {}

  /**
   * People pushed what contradicts the work; the branch stands at theirs now.
   *
   * @param ours where the work is kept
   */
  record Contradicted(List<String> files, String theirs, String ours) implements PublishEnd {
    public Contradicted {
      files = List.copyOf(files);
    }
  }

  /** It is closed, or was never there. */
  record Withdrawn() implements PublishEnd {}

  /**
   * It could not be done now and is tried again.
   *
   * @param remedy what a person may do about it; empty if it passes by itself
   */
  record NotYet(String why, String remedy) implements PublishEnd {}
}
