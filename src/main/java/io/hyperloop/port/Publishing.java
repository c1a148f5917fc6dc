package io.hyperloop.port;

import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Wish;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where people look at work before it is merged. Slow, all of it; every call may be repeated. */
public interface Publishing {

  /**
   * Has a task's branch and pull request be as wished. What people pushed to the branch is taken in
   * first, and never overwritten.
   *
   * @param pr its pull request's address, where one is known
   * @throws PortFailure if it cannot be done
   */
  PublishEnd publish(Wish wish, @Nullable String pr);

  /**
   * Closes a pull request, saying why; its branch stays.
   *
   * @throws PortFailure if it cannot be done
   */
  PublishEnd withdraw(TaskId task, String pr, String why);

  /**
   * All of these pull requests, and the base branch: what was merged there is here once this
   * returns.
   *
   * @param prs addresses by task
   * @throws PortFailure if they cannot be looked at
   */
  Pulls look(Map<TaskId, String> prs);

  /** Where work is merged locally: never asked for anything. */
  Publishing NONE =
      new Publishing() {
        @Override
        public PublishEnd publish(Wish wish, @Nullable String pr) {
          throw new IllegalStateException("there are no pull requests here");
        }

        @Override
        public PublishEnd withdraw(TaskId task, String pr, String why) {
          throw new IllegalStateException("there are no pull requests here");
        }

        @Override
        public Pulls look(Map<TaskId, String> prs) {
          return Pulls.NONE;
        }
      };
}
