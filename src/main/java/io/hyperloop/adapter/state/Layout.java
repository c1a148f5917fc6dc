package io.hyperloop.adapter.state;

import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a record stands in a YAML file: one top-level key after the other. Rewriting touches the
 * lines of changed keys only; other keys, comments and style stay as a person left them.
 *
 * @param <T> the record
 */
final class Layout<T> {

  /**
   * A key and the text after its colon, null where the key is left out. The text begins with a
   * space, or with a line break if it goes on below; it never ends with a line break.
   */
  record Field<T>(String key, Function<T, @Nullable String> value) {}

  /** A value on one line, and a comment behind it. */
  private static final Pattern COMMENTED =
      Pattern.compile(
          "[^:]*:["
              + " \\t]*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^']|'')*+'|\\[[^\"'\\]]*\\]|[^\"'\\[{|>#\\s](?:[^#]|(?<=\\S)#)*?)?(["
              + " \\t]+#.*)");

  private final List<Field<T>> fields;

  Layout(List<Field<T>> fields) {
    this.fields = List.copyOf(fields);
  }

  String write(T value) {
    var text = new StringBuilder();
    for (Field<T> field : fields) {
      String rendered = field.value().apply(value);
      if (rendered != null) {
        text.append(field.key()).append(':').append(rendered).append('\n');
      }
    }
    return text.toString();
  }

  /**
   * The text with what differs between two records replaced.
   *
   * @param text one that holds {@code before}
   * @throws PortFailure of kind USER if a key does not stand at the beginning of a line
   */
  String rewrite(String file, int firstLine, String text, T before, T after) {
    String changed = text;
    for (int i = 0; i < fields.size(); i++) {
      Field<T> field = fields.get(i);
      String next = field.value().apply(after);
      if (!Objects.equals(field.value().apply(before), next)) {
        changed = replace(file, firstLine, changed, i, next);
      }
    }
    return changed;
  }

  private String replace(
      String file, int firstLine, String text, int index, @Nullable String value) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    String key = fields.get(index).key();
    Map<String, Integer> places = places(file, firstLine, text, lines);
    Integer at = places.get(key);
    int from = at == null ? place(lines, places, index) : at;
    int end = at == null ? from : end(lines, places, at);
    String comment = end == from + 1 ? comment(lines.get(from)) : "";
    lines.subList(from, end).clear();
    if (value != null) {
      boolean below = value.startsWith("\n");
      String first = key + ":" + (below ? comment + value : value + comment);
      String ending = text.contains("\r\n") ? "\r" : "";
      lines.addAll(from, first.lines().map(line -> line + ending).toList());
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Behind the nearest earlier field that is there, else at the top. */
  private int place(List<String> lines, Map<String, Integer> places, int index) {
    for (int i = index - 1; i >= 0; i--) {
      Integer at = places.get(fields.get(i).key());
      if (at != null) {
        return end(lines, places, at);
      }
    }
    return 0;
  }

  /** The line of each key, from 0. */
  private static Map<String, Integer> places(
      String file, int firstLine, String text, List<String> lines) {
    var places = new HashMap<String, Integer>();
    Yaml.read(file, text, firstLine)
        .keyLines()
        .forEach((key, line) -> {
          String content = lines.get(line - firstLine);
          if (!content.startsWith(key) && !content.substring(1).startsWith(key)) {
            throw Yaml.wrong(file, line, key + ": must stand at the beginning of a line");
          }
          places.put(key, line - firstLine);
        });
    return places;
  }

  /** Behind the last line of a value; blank lines and comments before the next key stay. */
  private static int end(List<String> lines, Map<String, Integer> places, int at) {
    int end = lines.size();
    for (int other : places.values()) {
      if (other > at && other < end) {
        end = other;
      }
    }
    while (end > at + 1 && (lines.get(end - 1).isBlank() || lines.get(end - 1).startsWith("#"))) {
      end--;
    }
    return end;
  }

  private static String comment(String line) {
    Matcher matcher = COMMENTED.matcher(line);
    return matcher.matches() ? matcher.group(1).stripTrailing() : "";
  }
}
