package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Guard;
import io.hyperloop.adapter.agent.Sandbox;
import io.hyperloop.adapter.agent.Secrets;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No known secret gets onto a branch, and none of its history does. */
class LeaksTest {
  private static final String BRANCH = "hyperloop/task-001";
  private static final String TOKEN = "ghp_0123456789abcdef";

  @TempDir Path temp;
  private TestRepository repository;
  private GitWorkplace workplace;
  private WorkOrder order;
  private Path folder;

  @BeforeEach
  void prepare() {
    repository = TestRepository.create(temp.resolve("repository"));
    repository
        .write("specs/a.md", "spec\n")
        .write("old.txt", "key=old-known-value\n")
        .commit("all");
    var secrets =
        Secrets.of(
            Map.of("GITHUB_TOKEN", TOKEN, "OLD_KEY", "old-known-value", "DB_PASSWORD", "postgres"));
    workplace =
        Bases.workplace(
            repository.repository(),
            temp.resolve("state"),
            WorktreeSettings.NONE,
            Map.of(),
            new Guard(Sandbox.NONE, secrets));
    var task = new TaskId(1);
    String tip = repository.git("rev-parse", "main");
    order =
        new WorkOrder(
            new JobKey.TaskStep(task, "implementer", 0, 0),
            "implementer",
            "",
            true,
            tip,
            new WorkOrder.Work(task, "Do", 0, new SpecRef("specs/a.md", tip), BRANCH, null));
    folder = workplace.prepare(order);
  }

  @AfterEach
  void close() {
    workplace.remove(order);
    workplace.close();
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), text);
  }

  private void commit(String message) {
    String unused = Git.in(folder).run("add", "-A");
    unused = Git.in(folder).run("commit", "-q", "-m", message);
  }

  private void rejected(String... told) {
    assertThat(workplace.takeOver(order, "")).isEqualTo(new Delivery.Forbidden(List.of(told)));
    assertThat(repository.git("log", "-p", "--format=%B", "main.." + BRANCH)).doesNotContain(TOKEN);
  }

  private String files() {
    return repository.git("diff", "--name-only", "main", BRANCH);
  }

  @Test
  void aFileWithASecretIsRejectedAndTheRestKept() throws IOException {
    write("config.json", "{\"token\": \"" + TOKEN + "\"}");
    write("good.txt", "good");

    rejected("config.json (holds the value of GITHUB_TOKEN)");

    assertThat(files()).isEqualTo("good.txt");
  }

  @Test
  void aCommittedSecretLeavesTheHistoryToo() throws IOException {
    write("config.json", TOKEN);
    commit("one");
    write("good.txt", "good");
    commit("two");

    rejected("config.json (holds the value of GITHUB_TOKEN)");

    assertThat(files()).isEqualTo("good.txt");
  }

  @Test
  void aSecretInAnEarlierCommitIsRejected() throws IOException {
    write("config.json", TOKEN);
    commit("one");
    write("config.json", "clean");
    commit("two");

    rejected("config.json (holds the value of GITHUB_TOKEN, in an earlier commit)");

    assertThat(files()).isEqualTo("config.json");
  }

  @Test
  void aSecretThatWentAndCameBackLeavesTheHistoryToo() throws IOException {
    write("config.json", TOKEN);
    commit("one");
    write("config.json", "clean");
    commit("two");
    write("config.json", TOKEN);

    rejected("config.json (holds the value of GITHUB_TOKEN)");

    assertThat(files()).isEmpty();
  }

  @Test
  void aSecretInAFileNameIsRejectedWithoutTellingIt() throws IOException {
    write("keys/" + TOKEN + ".txt", "x");
    write("good.txt", "good");

    rejected("keys/[redacted].txt (holds the value of GITHUB_TOKEN in its name)");

    assertThat(files()).isEqualTo("good.txt");
  }

  @Test
  void aSecretInACommitMessageIsRejected() throws IOException {
    write("good.txt", "good");
    commit("Use " + TOKEN);

    rejected("a commit message (holds the value of GITHUB_TOKEN)");

    assertThat(files()).isEqualTo("good.txt");
  }

  @Test
  void aSecretInTheMiddleOfALargeFileIsFound() throws IOException {
    write("large.bin", "x".repeat((1 << 20) - 5) + TOKEN + "y".repeat(1 << 20));

    rejected("large.bin (holds the value of GITHUB_TOKEN)");
  }

  @Test
  void aSecretInALinksTargetIsFound() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), Path.of(TOKEN));

    rejected("link (holds the value of GITHUB_TOKEN)");
  }

  @Test
  void whatTheBaseHoldsAlreadyIsNoLeak() throws IOException {
    write("old.txt", "key=old-known-value\nmore\n");

    assertThat(workplace.takeOver(order, "")).isInstanceOf(Delivery.Taken.class);
  }

  @Test
  void aWordIsNoSecret() throws IOException {
    write("compose.yaml", "image: postgres\n");

    assertThat(workplace.takeOver(order, "")).isInstanceOf(Delivery.Taken.class);
  }
}
