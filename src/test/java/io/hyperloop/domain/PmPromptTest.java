package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PmPromptTest {
  private static Task task(int number, TaskStatus status) {
    var spec = new SpecRef("specs/a.md", "1".repeat(40));
    return Task.create(new TaskId(number), "Title", spec, List.of(), "")
        .edit()
        .status(status)
        .done();
  }

  @Test
  void ofAThousandsOfTasksTheOpenOnesAndTheNewestAreShown() {
    var tasks = new ArrayList<Task>();
    tasks.add(task(1, TaskStatus.NOT_STARTED));
    for (int number = 2; number <= 1500; number++) {
      tasks.add(task(number, TaskStatus.COMPLETE));
    }
    var state = new State(TaskTable.of(tasks), Reviews.EMPTY, Intake.EMPTY);
    var template = new AgentTemplate("pm", "Plan.", Map.of(), false);
    var plan = new Plan(1, new TreeMap<>(), List.of(), List.of());
    String prompt = PmPrompt.compose(template, plan, List.of(), Map.of(), state).text();
    assertThat(prompt)
        .contains("- task-001 [not-started]", "- task-502 [complete]", "- task-1500 [complete]")
        .contains("(and 500 more)")
        .doesNotContain("- task-501 ");
  }
}
