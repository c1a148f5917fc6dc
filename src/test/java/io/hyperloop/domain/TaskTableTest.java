package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaskTableTest {
  @Test
  void whatIsNotSettledIsKeptApartWhateverChanges() {
    var dice = new Dice(1);
    var arbitrary = new Arbitrary(1);
    var model = new TreeMap<TaskId, Task>();
    TaskTable table = TaskTable.EMPTY;
    for (int i = 0; i < 500; i++) {
      var changed = new TreeMap<TaskId, Task>();
      for (int n = 1 + dice.below(3); n > 0; n--) {
        var id = new TaskId(1 + dice.below(60));
        changed.put(id, arbitrary.task(id));
      }
      model.putAll(changed);
      TaskTable next = table.with(changed.values());
      assertThat(table.changedIn(next))
          .isEqualTo(changed.values().stream().filter(t -> !known(t).equals(t)).toList());
      table = next;
      before.putAll(changed);
      assertThat(table.list()).isEqualTo(List.copyOf(model.values()));
      assertThat(table.unsettled())
          .isEqualTo(model.values().stream().filter(t -> !t.settled()).toList());
      assertThat(table).isEqualTo(TaskTable.of(new ArrayList<>(model.values())));
    }
  }

  private final TreeMap<TaskId, Task> before = new TreeMap<>();

  private Object known(Task task) {
    return Objects.requireNonNullElse(before.get(task.id()), "none");
  }

  @Test
  void tasksOfAVersionAreFoundUnderThePathOfThatTime() {
    var first = new SpecRef("specs/a.md", "1".repeat(40));
    var second = new SpecRef("specs/a.md", "2".repeat(40));
    Task old = Task.create(new TaskId(1), "Old", first, List.of(), "");
    Task other = Task.create(new TaskId(2), "Other", second, List.of(), "");
    TaskTable table = TaskTable.of(List.of(other, old));
    assertThat(table.of(first)).containsExactly(old);
    assertThat(table.of(second)).containsExactly(other);
    assertThat(table.of(new SpecRef("specs/b.md", first.commit()))).isEmpty();
  }
}
