package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What is to be done about moves of a branch that a killed process left half done. */
final class AdvanceRecovery {
  private final Repository repository;
  private final String ref;
  private final ObjectStore objects;
  private final Checkouts checkouts;
  private final BiFunction<Checkout, String, Git> git;
  private final List<String> done = new ArrayList<>();

  AdvanceRecovery(
      Repository repository,
      String ref,
      ObjectStore objects,
      Checkouts checkouts,
      BiFunction<Checkout, String, Git> git) {
    this.repository = repository;
    this.ref = ref;
    this.objects = objects;
    this.checkouts = checkouts;
    this.git = git;
  }

  List<String> run() {
    for (AdvanceNote note : AdvanceNote.left(repository, ref)) {
      if (note.next().equals(objects.ref(ref))) {
        finish(note);
      } else {
        // The files were never touched: they follow only after the ref has moved.
        note.checkouts().stream()
            .filter(checkout -> checkout.lockedBy(note.token()))
            .forEach(checkout -> checkout.release(note.token()));
        done.add("took back a commit to " + ref + " that was interrupted before it counted");
      }
      note.delete();
    }
    checkouts.all().forEach(this::unlock);
    return done;
  }

  private void finish(AdvanceNote note) {
    List<Checkout> still = checkouts.on(ref);
    List<TreeChange> changes = TreeChange.between(objects.git(), note.old(), note.next());
    for (Checkout checkout : note.checkouts()) {
      if (!still.contains(checkout)) {
        continue;
      }
      if (!checkout.lockedBy(note.token()) && !checkout.lock(note.token())) {
        throw new PortFailure(
            Problem.environment(
                "a work tree is to be brought to the tip of its branch, but a git command has it",
                checkout.gitDirectory().resolve("index.lock").toString(),
                "wait for that command, or delete the file if no git runs there"));
      }
      List<String> kept =
          new CheckoutRepair(
                  git.apply(checkout, note.next()), checkout, note.token(), note.old(), note.next())
              .run(changes);
      done.add("brought " + checkout.root() + " to the tip of " + ref + " after an interruption");
      kept.forEach(path ->
          done.add(
              "kept "
                  + checkout.root().resolve(path)
                  + ", which holds something else than either commit: see git diff"));
      checkout.release(note.token());
    }
  }

  /** Locks without a note: all was done, only the lock was not given back. */
  private void unlock(Checkout checkout) {
    String text = checkout.lockText();
    if (text.startsWith(Checkout.LOCK_WORDS)) {
      checkout.release(text.substring(Checkout.LOCK_WORDS.length()).strip());
      done.add("unlocked " + checkout.root() + " after an interruption");
    }
    try (DirectoryStream<Path> copies =
        Files.newDirectoryStream(checkout.gitDirectory(), "index.hyperloop-*")) {
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw checkout.failure("a copy of the index cannot be deleted", e);
    }
  }
}
