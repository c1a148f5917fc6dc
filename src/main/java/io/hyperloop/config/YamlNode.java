package io.hyperloop.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML document that remembers where it stands. */
public sealed interface YamlNode {

  Mark mark();

  /** Number of nodes in it with every alias expanded. */
  int size();

  /**
   * A place in a text.
   *
   * @param source a file's name, or words for where the text came from
   * @param line 1 for the first; 0 if lines mean nothing to a person
   */
  record Mark(String source, int line) {
    @Override
    public String toString() {
      return line > 0 ? source + ":" + line : source;
    }
  }

  /** Keys are texts and each occurs once; the order is the file's. */
  record Mapping(Mark mark, Map<String, Entry> entries, int size) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, or null if the key is not there. */
    public @Nullable YamlNode value(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** The text of a key whose value is a string, or null. */
    public @Nullable String string(String key) {
      return value(key) instanceof Scalar scalar && scalar.value() instanceof String text
          ? text
          : null;
    }
  }

  /** A key with its own place, since that is what a message about it should name. */
  record Entry(Mark mark, YamlNode value) {}

  record Sequence(Mark mark, List<YamlNode> items, int size) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A leaf.
   *
   * @param value null, or a Boolean, Long, BigInteger, Double or String
   * @param text as written
   */
  record Scalar(Mark mark, @Nullable Object value, String text) implements YamlNode {
    @Override
    public int size() {
      return 1;
    }
  }

  /** For people: {@code a mapping}, {@code the text "6"}, {@code 6}. */
  static String describe(YamlNode node) {
    return switch (node) {
      case Mapping m -> "a mapping";
      case Sequence s -> "a list";
      case Scalar s when s.value() == null -> "nothing (null)";
      case Scalar s when s.value() instanceof String -> "the text \"" + shortened(s.text()) + "\"";
      case Scalar s -> shortened(s.text());
    };
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  /**
   * The place that a JSON pointer (RFC 6901) leads to, as far as it leads; the key's own place
   * where it ends at a key.
   */
  static Mark locate(YamlNode root, String pointer) {
    Mark mark = walk(root, pointer).mark();
    return mark.line() > 0 || pointer.isEmpty()
        ? mark
        : new Mark(mark.source() + ", at " + pointer, 0);
  }

  /** The node that a JSON pointer leads to, as far as it leads. */
  static YamlNode at(YamlNode root, String pointer) {
    return walk(root, pointer).value();
  }

  private static Entry walk(YamlNode root, String pointer) {
    var found = new Entry(root.mark(), root);
    for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      String key = step.replace("~1", "/").replace("~0", "~");
      Entry next =
          switch (found.value()) {
            case Mapping mapping -> mapping.entries().get(key);
            case Sequence sequence when key.matches("[0-9]{1,9}") -> {
              int index = Integer.parseInt(key);
              yield index < sequence.items().size()
                  ? new Entry(sequence.items().get(index).mark(), sequence.items().get(index))
                  : null;
            }
            default -> null;
          };
      if (next == null) {
        break;
      }
      found = next;
    }
    return found;
  }
}
