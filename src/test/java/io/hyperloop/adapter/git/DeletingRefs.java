package io.hyperloop.adapter.git;

import java.nio.file.Path;
import java.time.Duration;

/** A process that deletes refs until it is killed. */
final class DeletingRefs {
  private DeletingRefs() {}

  public static void main(String[] arguments) {
    Repository repository = Repository.around(Path.of(arguments[0]));
    BaseBranch base = Bases.of(repository, "main");
    CleanRoom room = CleanRoom.of(repository, Path.of(arguments[1]));
    var refs = new Refs(new ObjectDatabase(base, room), room::identity, Duration.ofSeconds(2));
    for (int i = 100_000; i < 200_000; i++) {
      String ref = Refs.BACKUP + i;
      boolean unused = refs.delete(ref, refs.find(ref).orElseThrow());
    }
  }
}
