package io.hyperloop.sim;

import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Wish;
import io.hyperloop.port.Publishing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wire to where pull requests are. */
final class SimPublishing implements Publishing {
  private final Simulation sim;
  private final Life life;

  SimPublishing(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public PublishEnd publish(Wish wish, @Nullable String pr) {
    return life.call("publish " + wish.task(), () -> sim.hub.publish(wish));
  }

  @Override
  public PublishEnd withdraw(TaskId task, String pr, String why) {
    return life.call("withdraw " + task, () -> sim.hub.withdraw(task));
  }

  @Override
  public Pulls look(Map<TaskId, String> prs) {
    return life.read("look at pull requests", () -> sim.hub.look(prs));
  }
}
