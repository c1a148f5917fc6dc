package io.hyperloop.config;

import io.hyperloop.domain.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong at one place of a document.
 *
 * @param pointer JSON pointer of the key or item it is about
 */
record Fault(String pointer, String what, String remedy) {

  /** Whether it is about that place itself or a key or item right in it. */
  boolean concerns(String place) {
    return pointer.equals(place)
        || (pointer.startsWith(place + "/") && pointer.indexOf('/', place.length() + 1) < 0);
  }

  /** As problems for people, in the order of their lines. */
  static List<Problem> located(YamlNode root, List<Fault> faults) {
    return faults.stream()
        .sorted(
            Comparator.<Fault>comparingInt(f -> YamlNode.locate(root, f.pointer()).line())
                .thenComparing(Fault::pointer))
        .map(f -> Problem.user(f.what(), place(root, f), f.remedy()))
        .distinct()
        .toList();
  }

  private static String place(YamlNode root, Fault fault) {
    return YamlNode.locate(root, fault.pointer()).toString();
  }

  static String below(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  static String below(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** For people: {@code agent.env.PATH}, {@code pipeline[0].loop[1]}. */
  static String dotted(String pointer) {
    var text = new StringBuilder();
    for (String step : pointer.split("/", -1)) {
      String key = step.replace("~1", "/").replace("~0", "~");
      if (key.matches("[0-9]{1,9}")) {
        text.append('[').append(key).append(']');
      } else if (!key.isEmpty()) {
        text.append(text.isEmpty() ? "" : ".").append(key);
      }
    }
    return text.toString();
  }
}
