package io.hyperloop.domain;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a person asked for through the inbox. */
public sealed interface Request {

  /** The inbox's name for it; requests are taken in the order of their ids. */
  String id();

  /**
   * Clear a manual gate, for the head that the person looked at.
   *
   * @param head null if the branch has none yet
   */
  record Approve(String id, TaskId task, String gate, @Nullable String head) implements Request {}

  /** Answer a task's question. */
  record AnswerTask(String id, TaskId task, String text) implements Request {}

  /**
   * Have a task go on that was parked for a person.
   *
   * @param text for the agent's next prompt; may be empty
   */
  record Retry(String id, TaskId task, String text) implements Request {}

  /** Answer the PM's question about a spec. */
  record AnswerSpec(String id, String spec, String text) implements Request {}

  /** Take specs as they are now for done. Values are blobs, keys paths. */
  record Accept(String id, SortedMap<String, String> blobs) implements Request {
    public Accept {
      blobs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(blobs));
    }
  }
}
