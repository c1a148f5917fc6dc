package io.hyperloop.adapter.state;

import io.hyperloop.port.PortFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a mapping by key, as the types they must be. Every misfit is a {@link PortFailure}
 * of kind USER that names file, line and key.
 */
final class Fields {
  private final String file;
  private final String prefix;
  private final Node.Mapping mapping;

  Fields(String file, Node.Mapping mapping) {
    this(file, "", mapping);
  }

  private Fields(String file, String prefix, Node.Mapping mapping) {
    this.file = file;
    this.prefix = prefix;
    this.mapping = mapping;
  }

  String text(String key) {
    String text = textOrNull(key);
    if (text == null) {
      Node node = mapping.values().get(key);
      throw node == null
          ? Yaml.wrong(file, mapping.line(), prefix + key + ": is missing")
          : wrong(key, "must not be empty");
    }
    return text;
  }

  /** A full object name of git's. */
  String objectId(String key) {
    String text = text(key);
    if (!text.matches("[0-9a-f]{40}")) {
      throw wrong(key, "must be 40 hexadecimal digits, not `" + shortened(text) + "`");
    }
    return text;
  }

  @Nullable String textOrNull(String key) {
    Node node = mapping.values().get(key);
    if (node == null || (node instanceof Node.Scalar scalar && scalar.isNull())) {
      return null;
    }
    return textOf(key, node);
  }

  String textOr(String key, String otherwise) {
    String text = textOrNull(key);
    return text == null ? otherwise : text;
  }

  /** A number from 0; 0 if absent. */
  int count(String key) {
    String text = textOr(key, "0");
    if (!text.matches("[0-9]{1,9}")) {
      throw wrong(key, "must be a number from 0, not `" + shortened(text) + "`");
    }
    return Integer.parseInt(text);
  }

  @Nullable Instant time(String key) {
    String text = textOrNull(key);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong(key, "must be a time like 2026-11-22T10:00:00Z, not `" + shortened(text) + "`");
    }
  }

  /** A text made into something; what the maker refuses is a misfit. */
  <T> T as(String key, Function<String, T> maker) {
    return made(key, text(key), maker);
  }

  /** A list of texts, each made into something; empty if absent. */
  <T> List<T> list(String key, Function<String, T> maker) {
    var items = new ArrayList<T>();
    for (Node node : nodes(key)) {
      items.add(made(key, textOf(key, node), maker));
    }
    return List.copyOf(items);
  }

  List<String> texts(String key) {
    return list(key, Function.identity());
  }

  /** The mapping below a key; null if absent. */
  @Nullable Fields below(String key) {
    Node node = mapping.values().get(key);
    if (node == null || (node instanceof Node.Scalar scalar && scalar.isNull())) {
      return null;
    }
    if (node instanceof Node.Mapping values) {
      return new Fields(file, prefix + key + ".", values);
    }
    throw wrong(key, "must be keys with values");
  }

  /** Each value of the mapping below a key; empty if absent. */
  <T> SortedMap<String, T> map(String key, BiFunction<Fields, String, T> reader) {
    var values = new TreeMap<String, T>();
    Fields below = below(key);
    if (below != null) {
      below.mapping.values().keySet().forEach(k -> values.put(k, reader.apply(below, k)));
    }
    return values;
  }

  Fields required(String key) {
    Fields below = below(key);
    if (below == null) {
      throw wrong(key, "must be keys with values");
    }
    return below;
  }

  PortFailure wrong(String key, String what) {
    int line = mapping.keyLines().getOrDefault(key, mapping.line());
    return Yaml.wrong(file, line, prefix + key + ": " + what);
  }

  private List<Node> nodes(String key) {
    Node node = mapping.values().get(key);
    return switch (node) {
      case null -> List.of();
      case Node.Sequence sequence -> sequence.items();
      case Node.Scalar scalar when scalar.isNull() -> List.of();
      case Node.Scalar _, Node.Mapping _, Node.Alias _ -> throw wrong(key, "must be a list");
    };
  }

  private String textOf(String key, Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    throw wrong(key, "must be one value");
  }

  private <T> T made(String key, String text, Function<String, T> maker) {
    try {
      return maker.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(key, String.valueOf(e.getMessage()));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
