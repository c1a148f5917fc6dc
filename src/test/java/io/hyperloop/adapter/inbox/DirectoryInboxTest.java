package io.hyperloop.adapter.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Request;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Inbox;
import io.hyperloop.port.InboxContract;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryInboxTest extends InboxContract {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir Path temp;
  private final List<String> rejected = new ArrayList<>();
  private final AtomicLong ticks = new AtomicLong();
  private Path directory = Path.of("");
  private DirectoryInbox inbox = inboxIn(directory);

  @BeforeEach
  void open() {
    directory = temp.resolve("hyperloop").resolve("inbox");
    inbox = inboxIn(directory);
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  private DirectoryInbox inboxIn(Path folder) {
    return new DirectoryInbox(
        folder,
        () -> START.plusNanos(ticks.incrementAndGet()),
        new Random(1),
        (file, why) -> rejected.add(file.getFileName() + ": " + why));
  }

  @Override
  protected Inbox inbox() {
    return inbox;
  }

  @Override
  protected Request put(Function<String, Request> make) {
    return inbox.put(make);
  }

  @Test
  void aRequestIsSeenByAnotherProcess() {
    Request request = inbox.put(id -> new Request.AnswerTask(id, new TaskId(1), "yes"));

    try (DirectoryInbox other = inboxIn(directory)) {
      assertThat(other.pending()).containsExactly(request);
    }
  }

  @Test
  void aFileThatIsNoRequestIsSetAsideAndTold() throws IOException {
    Request good = inbox.put(id -> new Request.AnswerTask(id, new TaskId(1), "yes"));
    write("a-no-json.json", "{");
    write("b-array.json", "[]");
    write("c-kind.json", "{\"kind\": \"destroy\"}");
    write("d-task.json", "{\"kind\": \"approve\", \"task\": \"../x\", \"gate\": \"g\"}");
    write("e-twice.json", "{\"kind\": \"answer\", \"kind\": \"answer\"}");
    write("f-trailing.json", "{\"kind\": \"answer\", \"task\": \"task-1\", \"text\": \"x\"} {}");
    write("g-blob.json", "{\"kind\": \"accept\", \"blobs\": {\"specs/a.md\": \"HEAD\"}}");
    write("h-type.json", "{\"kind\": \"answer\", \"task\": \"task-1\", \"text\": 7}");
    write("i name.json", "{\"kind\": \"answer\", \"task\": \"task-1\", \"text\": \"x\"}");

    assertThat(inbox.pending()).containsExactly(good);
    assertThat(rejected).hasSize(9).anySatisfy(r -> assertThat(r).contains("unknown kind"));
    assertThat(directory.resolve("rejected").resolve("a-no-json.json")).exists();
    rejected.clear();
    assertThat(inbox.pending()).containsExactly(good);
    assertThat(rejected).isEmpty();
  }

  @Test
  void aHugeFileIsSetAsideUnread() throws IOException {
    write(
        "huge.json",
        "{\"kind\": \"answer\", \"task\": \"task-1\", \"text\": \"" + "x".repeat(600_000));

    assertThat(inbox.pending()).isEmpty();
    assertThat(rejected).containsExactly("huge.json: larger than 512 KiB");
  }

  @Test
  void aDeeplyNestedFileIsSetAside() throws IOException {
    write("deep.json", "[".repeat(100_000));

    assertThat(inbox.pending()).isEmpty();
    assertThat(rejected).hasSize(1);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "{}");
    Files.createDirectories(directory);
    Files.createSymbolicLink(directory.resolve("link.json"), secret);
    Files.createDirectory(directory.resolve("folder.json"));

    assertThat(inbox.pending()).isEmpty();
    assertThat(rejected)
        .containsExactlyInAnyOrder(
            "link.json: not a regular file", "folder.json: not a regular file");
    assertThat(secret).exists();
  }

  @Test
  void halfWrittenFilesAreNotLookedAt() throws IOException {
    write(".20261122T100000-1", "{\"kind\"");

    assertThat(inbox.pending()).isEmpty();
    assertThat(rejected).isEmpty();
  }

  @Test
  void rejectedFilesDoNotFillTheDisk() throws IOException {
    for (int i = 0; i < 150; i++) {
      write("bad-" + i + ".json", "bad");
    }
    assertThat(inbox.pending()).isEmpty();

    try (var files = Files.list(directory.resolve("rejected"))) {
      assertThat(files.count()).isEqualTo(100);
    }
    assertThat(inbox.pending()).isEmpty();
  }

  @Test
  void anIdCannotReachOutOfTheInbox() throws IOException {
    Path other = Files.writeString(temp.resolve("other.json"), "{}");

    inbox.discard("../../other");

    assertThat(other).exists();
  }

  @Test
  void whatWouldNotBeReadIsNotWritten() {
    assertThatThrownBy(() -> inbox.put(id -> new Request.AnswerTask(id, new TaskId(1), "  ")))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("text expected");
    assertThat(directory.resolve("rejected")).doesNotExist();
    assertThat(inbox.pending()).isEmpty();
  }

  @Test
  void anInboxThatIsNoDirectoryIsTheEnvironmentsFault() throws IOException {
    Files.createDirectories(directory.getParent());
    Files.writeString(directory, "");

    assertThatThrownBy(() -> inbox.put(id -> new Request.AnswerTask(id, new TaskId(1), "yes")))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(directory.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name), text);
  }
}
