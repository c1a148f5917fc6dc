package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Under which path a spec is found today, given what it was called when a task was made. */
final class SpecPaths {
  private record Move(int before, String to) {}

  private final Map<String, List<Move>> moves;

  private SpecPaths(Map<String, List<Move>> moves) {
    this.moves = moves;
  }

  static SpecPaths of(Intake intake) {
    var moves = new HashMap<String, List<Move>>();
    intake
        .handled()
        .forEach((path, handled) -> {
          for (Former former : handled.formers()) {
            moves
                .computeIfAbsent(former.path(), p -> new ArrayList<>())
                .add(new Move(former.before(), path));
          }
        });
    moves.values().forEach(list -> list.sort(Comparator.comparingInt(Move::before)));
    return new SpecPaths(moves);
  }

  String of(Task task) {
    String path = task.specRef().path();
    for (Move move : moves.getOrDefault(path, List.of())) {
      if (task.id().number() < move.before()) {
        return move.to();
      }
    }
    return path;
  }
}
