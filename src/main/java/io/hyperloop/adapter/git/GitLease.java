package io.hyperloop.adapter.git;

import io.hyperloop.port.Lease;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ref of the remote, {@code refs/hyperloop/lease/<base branch>}, that names the clone which works
 * and until when. It is only ever moved from what was seen, so of two clones that reach for it one
 * gets it. Its commits are made apart from the repository's objects.
 */
public final class GitLease implements Lease {
  /** A few renewals may fail before somebody else may take it. */
  static final Duration TERM = Duration.ofMinutes(5);

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Nobody waits long at the end of a run: a lease ends by itself as well. */
  private static final Duration LAST_LIMIT = Duration.ofSeconds(5);

  private static final int TRIES = 3;
  private static final String FOLDER = "refs/hyperloop/lease/";
  private static final Pattern LINES =
      Pattern.compile(
          "clone: (?<clone>[0-9a-f-]{36})\nwho: (?<who>[^\n]{1,200})\nuntil: (?<until>[^\n]{1,40})\n");

  private final Repository repository;
  private final BaseBranch base;
  private final InstantSource clock;
  private @Nullable String ours;

  /** For the remote that the base branch belongs to. */
  public GitLease(Repository repository, BaseBranch base, InstantSource clock) {
    this.repository = repository;
    this.base = base;
    this.clock = clock;
  }

  /** What the remote says. */
  private record Seen(String id, String holder, String who, Instant until) {}

  /** Only one who can be understood is believed; anything else is a leftover. */
  private static Optional<Seen> parse(String id, String text) {
    Matcher lines = LINES.matcher(text);
    if (!lines.find()) {
      return Optional.empty();
    }
    try {
      Instant until = Instant.parse(lines.group("until"));
      return Optional.of(new Seen(id, lines.group("clone"), lines.group("who"), until));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized Held hold() {
    try {
      String remote = remote();
      return remote == null ? new Held.Unshared() : hold(remote);
    } catch (PortFailure e) {
      return new Held.Unknown(e.problems().getFirst().what());
    }
  }

  private Held hold(String remote) {
    Git git = git();
    String next = commit(git);
    String why = "";
    String expected = ours == null ? "" : ours;
    for (int i = 0; i < TRIES; i++) {
      if (ours == null || i > 0) {
        Git.Result listed = git.attempt("ls-remote", remote, ref());
        if (!listed.ok()) {
          return new Held.Unknown(listed.err().strip());
        }
        String found = listed(listed.text());
        if (i > 0 && found.equals(expected)) {
          return new Held.Unknown(why);
        }
        Git.Result fetched = found.isEmpty() ? listed : fetch(git, remote);
        if (!fetched.ok()) {
          // Perhaps it moved in between; never taken for a leftover.
          why = fetched.err().strip();
          continue;
        }
        Optional<Seen> other = found.isEmpty() ? Optional.empty() : look(git, found);
        if (other.isPresent() && bars(other.get())) {
          ours = null;
          return new Held.Theirs(other.get().who() + ", until " + other.get().until());
        }
        expected = found;
      }
      Git.Result pushed = push(git, remote, expected, next);
      if (pushed.ok()) {
        ours = next;
        return new Held.Ours();
      }
      why = pushed.err().strip();
    }
    return new Held.Unknown(why);
  }

  private boolean bars(Seen other) {
    return !other.holder().equals(self()) && clock.instant().isBefore(other.until());
  }

  /** Out of what the remote lists: it takes the name for the end of longer ones too. */
  private String listed(String text) {
    return text.lines()
        .map(line -> line.split("\t", 2))
        .filter(line -> line.length == 2 && line[1].equals(ref()))
        .map(line -> line[0])
        .findFirst()
        .orElse("");
  }

  private Git.Result fetch(Git git, String remote) {
    return git.attempt(
        "fetch",
        "-q",
        "--no-tags",
        "--refmap=",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        remote,
        ref());
  }

  private static Optional<Seen> look(Git git, String id) {
    Git.Result commit = git.attempt("cat-file", "commit", id);
    return commit.ok() ? parse(id, commit.text() + "\n") : Optional.empty();
  }

  private Git.Result push(Git git, String remote, String expected, String next) {
    return git.attempt(
        "push",
        "-q",
        "--no-verify",
        "--recurse-submodules=no",
        "--force-with-lease=" + ref() + ":" + expected,
        remote,
        next + ":" + ref());
  }

  private String commit(Git git) {
    String tree = git.succeed(git.attempt("hash-object", "-w", "-t", "tree", "/dev/null")).text();
    String text =
        "hyperloop works on %s\n\nclone: %s\nwho: %s\nuntil: %s\n"
            .formatted(
                base.name(),
                self(),
                OrchestratorLock.self(clock.instant()).words(),
                clock.instant().plus(TERM).truncatedTo(ChronoUnit.SECONDS));
    return git.run("commit-tree", "-m", text, tree);
  }

  /** With objects of its own: a commit a minute would fill the repository's. */
  private Git git() {
    Path objects = base.room().directory().resolve("lease-objects");
    try {
      Rubbish.delete(objects);
      Files.createDirectories(objects);
    } catch (IOException e) {
      throw unusable(objects, e);
    }
    var room = new SyncRoom(repository, base.room(), FOLDER + base.name());
    return room.git()
        .within(LIMIT)
        .with(
            Map.of(
                "GIT_OBJECT_DIRECTORY", objects.toString(),
                "GIT_AUTHOR_NAME", "hyperloop",
                "GIT_AUTHOR_EMAIL", "hyperloop@localhost",
                "GIT_COMMITTER_NAME", "hyperloop",
                "GIT_COMMITTER_EMAIL", "hyperloop@localhost"));
  }

  /** Tells clones apart, also on one machine; made when first needed. */
  private String self() {
    Path file = repository.privateDirectory().resolve("clone");
    try {
      Optional<String> known = Worktrees.read(file).map(String::strip);
      if (known.isPresent() && known.get().matches("[0-9a-f-]{36}")) {
        return known.get();
      }
      String made = UUID.randomUUID().toString();
      Files.createDirectories(repository.privateDirectory());
      Files.writeString(file, made + "\n");
      return made;
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private String ref() {
    return FOLDER + base.name();
  }

  @Override
  public synchronized void release() {
    String held = ours;
    ours = null;
    if (held == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      String remote = remote();
      if (remote != null) {
        var unused = push(git().within(LAST_LIMIT), remote, held, "");
      }
    } catch (PortFailure e) {
      // It ends by itself.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable String remote() {
    return BranchSync.remote(base.room().git(), base.name());
  }

  private static PortFailure unusable(Path where, IOException e) {
    return CleanRoom.unusable("a file of hyperloop's own cannot be written", where, e);
  }
}
