package io.hyperloop.adapter.state;

import java.util.List;
import java.util.Map;

/** YAML as read: data with the line it stands at, from 1. Nothing is converted or expanded. */
sealed interface Node {

  int line();

  /**
   * One value.
   *
   * @param plain whether it stood without quotes, so that {@code null} means nothing
   */
  record Scalar(String text, boolean plain, int line) implements Node {
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }
  }

  record Sequence(List<Node> items, int line) implements Node {}

  /**
   * Keys in the order of the file.
   *
   * @param keyLines where each key stands; its value may stand lower
   */
  record Mapping(Map<String, Node> values, Map<String, Integer> keyLines, int line)
      implements Node {}

  /** A reference to an anchor: allowed in what we do not read, never followed. */
  record Alias(int line) implements Node {}
}
