package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what a harness tells of its agent. */
class RunMonitorTest {
  private static final Usage USED = new Usage(100, 0, 0, 50, 0, Usage.Basis.UNPRICED);
  private static final WorkOrder ORDER = Orders.writing(1);

  @TempDir Path root;
  private LocalAgents agents;

  /** The conversations that runs were told to go on with. */
  private final List<@Nullable String> resumed = new ArrayList<>();

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
  }

  /** An agent that uses something, says who it is, and ends like that. */
  private final class Telling implements Harness {
    private final String name;
    private final Ending ending;

    Telling(String name, Ending ending) {
      this.name = name;
      this.ending = ending;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Set<String> credentials() {
      return Set.of();
    }

    @Override
    public Session start(Assignment assignment) {
      resumed.add(assignment.resume());
      assignment.monitor().session("conversation-" + resumed.size());
      assignment.monitor().used("claude-sonnet-5-5", USED);
      assignment.monitor().used("claude-sonnet-5-5", USED.plus(USED));
      assignment.monitor().allowance(new Allowance(0.5, null, false));
      return new Session() {
        @Override
        public Ending await() {
          return ending;
        }

        @Override
        public void close() {}
      };
    }
  }

  private void run(String name, Harness.Ending ending) {
    LocalRuntime runtime = agents.runtime(new Telling(name, ending));
    runtime.ensure(ORDER);
    AgentRuntimeContract.awaitEnd(runtime, ORDER.key());
    runtime.release(ORDER.key());
    runtime.endAll("the test is over");
  }

  private static Harness.Ending broken(Breakage kind) {
    return new Harness.Ending.Broken(kind, "said so");
  }

  @Test
  void usageIsPricedAndWrittenDownForTheTaskItsSpecAndRole() {
    run("claude-code", new Harness.Ending.Finished());

    assertThat(agents.ledger.entries()).hasSize(1);
    Ledger.Entry entry = agents.ledger.entries().getFirst();
    assertThat(entry.key()).isEqualTo(ORDER.key());
    assertThat(entry.role()).isEqualTo(ORDER.role());
    assertThat(entry.program()).isEqualTo("claude-code");
    assertThat(entry.spec())
        .isEqualTo(java.util.Objects.requireNonNull(ORDER.work()).specRef().path());
    assertThat(entry.usage()).isEqualTo(new Usage(200, 0, 0, 100, 1_400, Usage.Basis.PAID));
    assertThat(agents.ledger.spending().allowances()).containsKey("claude-code");
  }

  @Test
  void anInterruptedConversationIsGoneOnWith() {
    run("claude-code", broken(Breakage.QUOTA));
    run("claude-code", broken(Breakage.ENDED_BY_US));
    run("claude-code", new Harness.Ending.Finished());

    assertThat(resumed).containsExactly(null, "conversation-1", "conversation-2");
  }

  @Test
  void aConversationThatFailedOrEndedIsNot() {
    run("claude-code", broken(Breakage.CRASHED));
    run("claude-code", new Harness.Ending.Finished());
    run("claude-code", new Harness.Ending.Finished());

    assertThat(resumed).containsExactly(null, null, null);
  }

  @Test
  void anotherProgramCannotGoOnWithIt() {
    run("claude-code", broken(Breakage.QUOTA));
    run("acp", broken(Breakage.QUOTA));

    assertThat(resumed).containsExactly(null, null);
  }
}
