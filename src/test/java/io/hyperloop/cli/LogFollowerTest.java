package io.hyperloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  @TempDir Path folder;
  private final StringBuilder printed = new StringBuilder();
  private Path log = Path.of("");

  /** Follows while these happen, one in each pause. */
  private String follow(Runnable... meanwhile) {
    Queue<Runnable> left = new ArrayDeque<>(List.of(meanwhile));
    var follower = new LogFollower(() -> Optional.of(log), printed::append);
    follower.follow(
        () -> !left.isEmpty(),
        () -> {
          left.remove().run();
          return true;
        });
    return printed.toString();
  }

  private void append(String name, String text) {
    log = folder.resolve(name);
    try {
      Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatThereIsIsPrintedOnceUnderTheLogsName() {
    append("verifier-0.log", "one\ntwo\n");

    assertThat(follow()).isEqualTo("== verifier-0 ==\none\ntwo\n");
  }

  @Test
  void whatComesIsPrintedAsItComes() {
    append("a.log", "one\n");

    assertThat(follow(() -> append("a.log", "two\n"), () -> append("a.log", "three\n")))
        .isEqualTo("== a ==\none\ntwo\nthree\n");
  }

  @Test
  void halfALineWaitsForItsOtherHalf() {
    append("a.log", "caf\u00e9 cl");

    assertThat(follow(() -> append("a.log", "os\u00e9\nend")))
        .isEqualTo("== a ==\ncaf\u00e9 clos\u00e9\nend");
  }

  @Test
  void theNextAgentsLogFollows() {
    append("a.log", "one\nhalf");

    assertThat(follow(() -> append("b.log", "two\n")))
        .isEqualTo("== a ==\none\nhalf\n== b ==\ntwo\n");
  }

  @Test
  void aLogLongerThanAPieceIsPrintedWhole() {
    String lines = "a line of an agent\n".repeat(20_000);
    append("a.log", lines);

    assertThat(follow()).isEqualTo("== a ==\n" + lines);
  }

  @Test
  void controlCharactersOfAgentsDoNotReachTheTerminal() {
    append("a.log", "\u001b[2Jgone\n");

    assertThat(follow()).doesNotContain("\u001b");
  }
}
