package io.hyperloop.adapter.github;

import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.port.PullRequestsWorld;
import io.hyperloop.testing.github.Account;
import io.hyperloop.testing.github.GitHubDouble;
import io.hyperloop.testing.github.Person;
import io.hyperloop.testing.github.Rules;
import java.util.Set;

/** What happens on the double. */
record DoubleWorld(GitHubDouble gitHub) implements PullRequestsWorld {

  private Person member() {
    return gitHub.member();
  }

  @Override
  public String push(String branch, String file, String text) {
    return member().pushes(branch, file, text);
  }

  @Override
  public void deleteBranch(String branch) {
    member().deletesBranch(branch);
  }

  @Override
  public String head(String branch) {
    return gitHub.look().head(branch);
  }

  @Override
  public String base(String file) {
    return gitHub.look().file("main", file);
  }

  @Override
  public String title(int number) {
    return gitHub.look().pull(number).title();
  }

  @Override
  public String body(int number) {
    return gitHub.look().pull(number).body();
  }

  @Override
  public void label(int number, String label) {
    member().labels(number, label);
  }

  @Override
  public void comment(int number, boolean insider, String body) {
    gitHub.person(insider ? Account.MEMBER : Account.STRANGER).comments(number, body);
  }

  @Override
  public void remark(int number, String file, int line, String body) {
    member().remarks(number, file, line, body);
  }

  @Override
  public void review(int number, Opinion opinion, String body) {
    member().reviews(number, opinion.name(), body);
  }

  @Override
  public void closeByHand(int number) {
    member().closes(number);
  }

  @Override
  public void mergeByHand(int number) {
    member().merges(number, "merge");
  }

  @Override
  public void check(String head, String name, Result result, String log) {
    gitHub
        .ci()
        .ends(
            head,
            name,
            switch (result) {
              case PASSED -> "success";
              case SKIPPED -> "skipped";
              case FAILED -> "failure";
              case CANCELLED -> "cancelled";
              case PENDING -> throw new IllegalArgumentException("that is not done");
            },
            log);
  }

  @Override
  public void rules(Set<String> requiredChecks, boolean upToDate) {
    gitHub.settings().rules(new Rules(requiredChecks, upToDate, 0, false));
  }

  @Override
  public void queue() {
    gitHub.settings().rules(Rules.NONE.queued());
  }

  @Override
  public void tick() {
    gitHub.tick();
  }

  @Override
  public int changes() {
    return gitHub.requests().writes();
  }
}
