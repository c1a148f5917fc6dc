package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.errors.ObjectWritingException;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
  @Test
  void aFolderThatGoesJustAsAnObjectIsPutThereIsTriedAgain() throws IOException {
    var tries = new AtomicInteger();
    String written =
        ObjectStore.insisting(() -> {
          if (tries.incrementAndGet() < 3) {
            throw new ObjectWritingException("the folder is gone");
          }
          return "written";
        });
    assertThat(written).isEqualTo("written");
  }

  @Test
  void whatCanNeverBeWrittenIsTold() {
    assertThatThrownBy(() ->
            ObjectStore.insisting(() -> {
              throw new ObjectWritingException("read-only");
            }))
        .isInstanceOf(ObjectWritingException.class);
  }
}
