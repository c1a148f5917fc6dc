package io.hyperloop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.terminal.Table.Cell;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = table();

    assertThat(table.lines(screen(80)))
        .containsExactly(
            "TASK      TURN     WHY",
            "task-001  working  at verifier, round 1 since 2m14s",
            "task-002  done     漢字");
  }

  @Test
  void aNarrowScreenCutsTheElasticColumn() {
    assertThat(table().lines(screen(40)))
        .containsExactly(
            "TASK      TURN     WHY",
            "task-001  working  at verifier, round 1~",
            "task-002  done     漢字");
  }

  @Test
  void aVeryNarrowScreenLeavesTheLastColumnsOut() {
    assertThat(table().lines(screen(20)))
        .containsExactly("TASK      TURN", "task-001  working", "task-002  done");
  }

  @Test
  void noLineIsEverWiderThanTheScreen() {
    for (int columns = 1; columns < 60; columns++) {
      for (String line : table().lines(screen(columns))) {
        assertThat(Text.width(line)).isLessThanOrEqualTo(columns);
      }
    }
  }

  @Test
  void cellsAreMadeSafe() {
    Table table = Table.of("A");
    table.row(Cell.of("\u001b[31mred\n"));

    assertThat(table.lines(screen(80))).containsExactly("A", "\\x1b[31mred ");
  }

  private static Table table() {
    Table table = Table.of("TASK", "TURN", "WHY...");
    table.row(Cell.of("task-001"), Cell.of("working"), Cell.of("at verifier, round 1 since 2m14s"));
    table.row(Cell.of("task-002"), Cell.of("done"), Cell.of("漢字"));
    return table;
  }

  private static Screen screen(int columns) {
    return new Screen(true, true, false, columns);
  }
}
