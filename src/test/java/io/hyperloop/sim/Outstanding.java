package io.hyperloop.sim;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is not in sync, found out from the specs as they are. */
final class Outstanding {
  private Outstanding() {}

  static List<String> in(State state, Map<String, Spec> specs) {
    var open = new ArrayList<String>();
    specs.forEach((path, spec) -> {
      Handled handled = state.intake().handled().get(path);
      if (handled == null || !handled.blob().equals(spec.blob())) {
        open.add(path + " is not handled as it is");
      }
    });
    for (Task task : state.tasks()) {
      if (task.open()) {
        open.add(task.id() + " is " + task.status());
      }
    }
    return open;
  }

  /** Whether a person's answer is waited for, and not yet given. */
  static boolean asks(Handled handled) {
    return handled.outcome().needsHuman() && !handled.blob().equals("0".repeat(40));
  }

  static boolean sameTexts(Map<String, Spec> some, Map<String, Spec> others) {
    return some.keySet().equals(others.keySet())
        && some.values().stream()
            .allMatch(spec -> {
              Spec other = others.get(spec.path());
              return other != null && spec.blob().equals(other.blob());
            });
  }
}
