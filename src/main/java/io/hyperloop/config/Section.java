package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.config.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping. Anything amiss becomes a fault and the default stands in, so that
 * reading goes on and all faults are found.
 */
final class Section {
  /** The bounds of every duration. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final String pointer;
  private final Map<String, YamlNode.Entry> entries;
  private final List<Fault> faults;
  private final TreeSet<String> asked = new TreeSet<>();

  Section(String pointer, @Nullable YamlNode node, List<Fault> faults) {
    this.pointer = pointer;
    this.faults = faults;
    this.entries = node instanceof Mapping mapping ? mapping.entries() : Map.of();
    if (node != null && !(node instanceof Mapping)) {
      wrong(pointer, node, "write a mapping (indented keys)");
    }
  }

  Section section(String key) {
    return new Section(at(key), node(key), faults);
  }

  /** The sections below a key, by their names. */
  Map<String, Section> sections(String key) {
    var found = new LinkedHashMap<String, Section>();
    Section outer = section(key);
    outer.entries.forEach((name, entry) ->
        found.put(name, new Section(Fault.below(at(key), name), entry.value(), faults)));
    return found;
  }

  String at(String key) {
    return Fault.below(pointer, key);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  void fault(String key, String what, String remedy) {
    faults.add(new Fault(at(key), what, remedy));
  }

  /** As the other, about a name below a key. */
  void fault(String key, String name, String what, String remedy) {
    faults.add(new Fault(Fault.below(at(key), name), what, remedy));
  }

  @Nullable YamlNode node(String key) {
    asked.add(key);
    YamlNode.Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** Whether a key is there and says that there is nothing. */
  boolean saysNull(String key) {
    YamlNode node = node(key);
    return node != null && isNull(node);
  }

  @Nullable String text(String key, @Nullable String otherwise) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    if (node instanceof Scalar scalar
        && scalar.value() instanceof String text
        && !text.isEmpty()
        && text.indexOf('\0') < 0) {
      return text;
    }
    wrong(at(key), node, "write a text");
    return otherwise;
  }

  @Nullable String textOrNull(String key) {
    YamlNode node = node(key);
    return node == null || isNull(node) ? null : text(key, null);
  }

  boolean flag(String key, boolean otherwise) {
    YamlNode node = node(key);
    if (node instanceof Scalar scalar && scalar.value() instanceof Boolean value) {
      return value;
    }
    if (node != null) {
      wrong(at(key), node, "write true or false");
    }
    return otherwise;
  }

  int count(String key, int otherwise, int most) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    if (node instanceof Scalar scalar
        && scalar.value() instanceof Long value
        && value >= 1
        && value <= most) {
      return Math.toIntExact(value);
    }
    wrong(at(key), node, "write a whole number from 1 to " + most);
    return otherwise;
  }

  @Nullable Integer countOrNull(String key, int most) {
    YamlNode node = node(key);
    return node == null || isNull(node) ? null : Integer.valueOf(count(key, 1, most));
  }

  /** A number above 0; null where there is none, or it says null. */
  @Nullable Double positiveOrNull(String key, double most) {
    YamlNode node = node(key);
    if (node == null || isNull(node)) {
      return null;
    }
    if (node instanceof Scalar scalar && scalar.value() instanceof Number number) {
      double value = number.doubleValue();
      if (value > 0 && value <= most) {
        return value;
      }
    }
    wrong(at(key), node, "write a number above 0, or null for no limit");
    return null;
  }

  /** A part of a whole: {@code 20%}. */
  double part(String key, double otherwise) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    if (node instanceof Scalar scalar && scalar.text().matches("[0-9]{1,2}%")) {
      return Integer.parseInt(scalar.text().replace("%", "")) / 100.0;
    }
    wrong(at(key), node, "write a percentage from 0% to 99%");
    return otherwise;
  }

  @Nullable Duration durationOrNull(String key, @Nullable Duration otherwise) {
    return has(key) ? duration(key, Duration.ofSeconds(1)) : otherwise;
  }

  Duration duration(String key, Duration otherwise) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    Duration found = node instanceof Scalar scalar ? duration(scalar.text()) : Duration.ZERO;
    if (found.isPositive() && found.compareTo(LONGEST) <= 0) {
      return found;
    }
    wrong(
        at(key), node, "write seconds, or 90s, 10m, 2h; from 1 s to " + LONGEST.toDays() + " days");
    return otherwise;
  }

  private static Duration duration(String text) {
    if (!text.matches("[0-9]{1,7}[smh]?")) {
      return Duration.ZERO;
    }
    char unit = text.charAt(text.length() - 1);
    long number =
        Long.parseLong(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1));
    return switch (unit) {
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofSeconds(number);
    };
  }

  List<String> texts(String key, List<String> otherwise) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    var texts = new ArrayList<String>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (item instanceof Scalar scalar
            && scalar.value() instanceof String text
            && text.indexOf('\0') < 0) {
          texts.add(text);
        } else {
          wrong(Fault.below(at(key), sequence.items().indexOf(item)), item, "write a text");
        }
      }
    } else {
      wrong(at(key), node, "write a list");
    }
    return texts;
  }

  /** Names to values, all kinds of leaves as they were written. */
  Map<String, String> leaves(String key) {
    var found = new LinkedHashMap<String, String>();
    section(key)
        .entries
        .forEach((name, entry) -> {
          if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
            found.put(name, scalar.text());
          } else {
            wrong(Fault.below(at(key), name), entry.value(), "write a text");
          }
        });
    return found;
  }

  <E extends Enum<E>> E choice(String key, Map<String, E> choices, E otherwise) {
    YamlNode node = node(key);
    if (node == null) {
      return otherwise;
    }
    E chosen = node instanceof Scalar scalar ? choices.get(scalar.text()) : null;
    if (chosen == null) {
      String typed = node instanceof Scalar scalar ? scalar.text() : "";
      wrong(at(key), node, Nearest.remedy(typed, choices.keySet()));
      return otherwise;
    }
    return chosen;
  }

  /** To be called last: every key that nobody asked for is a fault. */
  void done() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        faults.add(
            new Fault(
                at(key),
                "unknown key \"" + Fault.dotted(at(key)) + "\"",
                Nearest.remedy(key, asked)));
      }
    }
  }

  private void wrong(String where, YamlNode node, String remedy) {
    faults.add(new Fault(where, Fault.dotted(where) + " is " + YamlNode.describe(node), remedy));
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof Scalar scalar && scalar.value() == null;
  }
}
