package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefsTest {
  @TempDir Path temp;

  @Test
  void aBranchIsMadeWhileTheLastOtherOfItsFolderIsDeleted() {
    Repository repository = TestRepository.create(temp.resolve("repository")).repository();
    var base = Bases.of(repository, "main");
    CleanRoom room = CleanRoom.of(repository, temp.resolve("state"));
    var refs = new Refs(new ObjectDatabase(base, room), room::identity, Duration.ofSeconds(2));
    ObjectId tip = ObjectId.fromString(base.tip());
    var one = CompletableFuture.runAsync(() -> comeAndGo(refs, "refs/heads/hyperloop/a", tip));
    var other = CompletableFuture.runAsync(() -> comeAndGo(refs, "refs/heads/hyperloop/b", tip));
    assertThatCode(() -> CompletableFuture.allOf(one, other).join()).doesNotThrowAnyException();
  }

  private static void comeAndGo(Refs refs, String ref, ObjectId tip) {
    for (int i = 0; i < 5000; i++) {
      boolean made = refs.move(ref, null, tip, "make");
      boolean gone = refs.delete(ref, tip);
      if (!made || !gone) {
        throw new IllegalStateException(ref + " stood elsewhere");
      }
    }
  }
}
