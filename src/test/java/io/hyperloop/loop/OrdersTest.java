package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.State;
import io.hyperloop.port.FakeSpecSource;
import io.hyperloop.port.Templates;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final String PATH = "specs/a.md";

  @Test
  void aSpecWhoseOldVersionIsGoneIsShownInFull() {
    var specs = new FakeSpecSource();
    String commit = specs.write(PATH, "# The new text");
    var handled =
        new Handled("b".repeat(40), "c".repeat(40), Handled.Outcome.SATISFIED, "", List.of());
    var plan =
        new Plan(1, Map.of(PATH, new Plan.Asked("d".repeat(40), commit)), List.of(), List.of());
    State state = planning(handled, plan);
    var process =
        new ProcessDefinition(
            Pipeline.of(List.of(new Pipeline.Node.Agent("implementer", null))), Map.of(), Map.of());
    var pm = new AgentTemplate(AgentTemplate.PM, "Plan.", Map.of(), false);
    var snapshot =
        new Observer.Snapshot(
            commit,
            specs.at(commit, Map.of()),
            new Templates.Playbook(Map.of(AgentTemplate.PM, pm), process, List.of()));
    assertThat(new Orders(specs).pm(new Move.AskPm(plan.key()), state, snapshot).prompt())
        .contains("# The new text")
        .doesNotContain("Changed since");
  }

  private static State planning(Handled handled, Plan plan) {
    var intake =
        new Intake(
            1,
            1,
            new TreeMap<>(Map.of(PATH, handled)),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            plan,
            0,
            null,
            null);
    return new State(State.EMPTY.tasks(), State.EMPTY.reviews(), intake);
  }
}
