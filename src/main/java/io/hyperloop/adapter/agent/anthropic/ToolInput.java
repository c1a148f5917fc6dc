package io.hyperloop.adapter.agent.anthropic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a tool call, from the model: nothing about them is certain. */
record ToolInput(Map<?, ?> values) {

  /** What is wrong with a call, for the model to read. */
  static final class Unusable extends Exception {
    Unusable(String message) {
      super(message);
    }
  }

  String text(String name) throws Unusable {
    return optionalText(name).orElseThrow(() -> new Unusable("the argument is missing: " + name));
  }

  Optional<String> optionalText(String name) throws Unusable {
    Object value = values.get(name);
    if (value != null && !(value instanceof String)) {
      throw new Unusable("must be a string: " + name);
    }
    return Optional.ofNullable((String) value);
  }

  int number(String name) throws Unusable {
    if (values.get(name) instanceof Number number) {
      return number.intValue();
    }
    throw new Unusable("must be a number: " + name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** Two numbers, first and last; empty if the argument is missing. */
  Optional<int[]> range(String name) throws Unusable {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof List<?> list
        && list.size() == 2
        && list.get(0) instanceof Number first
        && list.get(1) instanceof Number last) {
      return Optional.of(new int[] {first.intValue(), last.intValue()});
    }
    throw new Unusable("must be a list of two numbers: " + name);
  }
}
