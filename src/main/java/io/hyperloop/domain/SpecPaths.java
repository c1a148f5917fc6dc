package io.hyperloop.domain;

import java.util.HashMap;
import java.util.Map;

/** Under which path a spec is found today, given what it was called when a task was made. */
final class SpecPaths {
  private final Map<String, String> today;

  private SpecPaths(Map<String, String> today) {
    this.today = today;
  }

  static SpecPaths of(Intake intake) {
    var today = new HashMap<String, String>();
    intake.handled().forEach((path, h) -> h.formerly().forEach(old -> today.put(old, path)));
    return new SpecPaths(today);
  }

  String current(String path) {
    return today.getOrDefault(path, path);
  }

  String of(Task task) {
    return current(task.specRef().path());
  }
}
