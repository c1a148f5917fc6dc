package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** What is to be done about moves of a branch that a killed process left half done. */
final class AdvanceRecovery {
  /** Git holds a ref's lock no longer than it takes to write a line. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

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
      unlockRef(note);
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

  /** A lock of the ref was left, if it holds what we meant to put there, or never got to. */
  private void unlockRef(AdvanceNote note) {
    Path lock = repository.commonDirectory().resolve(ref + ".lock");
    try {
      long begun = System.nanoTime();
      while (Files.exists(lock) && !Files.readString(lock).strip().equals(note.next())) {
        // Or a person's git has it, for a moment.
        if (System.nanoTime() - begun > LOCK_PATIENCE.toNanos()) {
          if (Files.size(lock) > 0) {
            return;
          }
          break;
        }
        LockSupport.parkNanos(20_000_000);
      }
      if (Files.deleteIfExists(lock)) {
        done.add("unlocked " + ref + " after an interruption");
      }
    } catch (NoSuchFileException e) {
      // It was a person's, who is done with it.
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "a lock that was left cannot be taken away: " + e,
              lock.toString(),
              "delete it if no git runs there"),
          e);
    }
  }

  private void finish(AdvanceNote note) {
    if (note.checkouts().isEmpty()) {
      return;
    }
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
      if (OrphanedGit.await(checkout.copy(note.token()))) {
        done.add("waited for a git command that went on after the interruption");
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
