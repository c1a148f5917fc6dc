package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  private static final int LOOKS = 2_000;

  @TempDir Path temp;

  @Test
  void aLockIsMadeOnceAndLeavesNoDraft() throws IOException {
    assertThat(LockFile.make(temp.resolve("lock"), temp.resolve("draft"), "ours")).isTrue();
    assertThat(LockFile.make(temp.resolve("lock"), temp.resolve("draft"), "theirs")).isFalse();
    assertThat(temp.resolve("lock")).hasContent("ours");
    assertThat(temp.resolve("draft")).doesNotExist();
  }

  @Test
  void nobodyEverSeesALockWithoutItsText() throws Exception {
    Path lock = temp.resolve("lock");
    var done = new AtomicBoolean();
    var empty = new AtomicBoolean();
    Thread looking =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                empty.compareAndSet(false, lock.toFile().exists() && isEmpty(lock));
              }
            });
    for (int i = 0; i < LOOKS; i++) {
      assertThat(LockFile.make(lock, temp.resolve("draft"), "ours")).isTrue();
      Files.delete(lock);
    }
    done.set(true);
    looking.join();
    assertThat(empty).isFalse();
  }

  private static boolean isEmpty(Path lock) {
    try {
      return Files.readString(lock).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
