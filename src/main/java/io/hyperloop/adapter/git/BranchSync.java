package io.hyperloop.adapter.git;

import io.hyperloop.port.StateStore.Synced;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/**
 * One branch and its counterpart at a remote. Ours goes there as far as no commit of a person's
 * would go with it; theirs is built upon; nothing is rewritten, on either side.
 */
final class BranchSync {
  /** How the subject of a state commit ends. */
  static final String SKIP = " [skip ci]";

  private static final String SYNC_TRAILER = "Hyperloop-Sync: ";
  private static final String TASK_TRAILER = "Task-Ref: ";

  private final BaseBranch branch;
  private final String remote;
  private final Supplier<PersonIdent> committer;
  private final SyncRoom room;
  private final Git git;
  private final ObjectStore objects;

  BranchSync(SyncRoom room, BaseBranch branch, String remote, Supplier<PersonIdent> committer) {
    this.branch = branch;
    this.remote = remote;
    this.committer = committer;
    this.room = room;
    this.git = room.git();
    this.objects = branch.objects();
  }

  /** The remote that the base branch belongs to; null if there is none. */
  static @Nullable String remote(Git git, String base) {
    String configured = git.attempt("config", "branch." + base + ".remote").text();
    List<String> all = git.run("remote").lines().toList();
    if (all.contains(configured)) {
      return configured;
    }
    return all.contains("origin") ? "origin" : all.size() == 1 ? all.getFirst() : null;
  }

  /** Who last changed the state between two commits. */
  static String writer(Git git, @Nullable String from, String to) {
    String range = from == null ? to : from + ".." + to;
    String said =
        git.attempt(
                "log", "-1", "--format=%an <%ae>, commit %h (%s)", range, "--", StateTree.FOLDER)
            .text();
    return said.isEmpty() ? "whoever made " + to.substring(0, 7) : said;
  }

  Synced run() {
    String known = objects.ref(tracking());
    room.tell(tracking(), known);
    String stands = branch.find();
    room.tell("refs/heads/" + branch.name(), stands);
    Git.Result fetched =
        git.attempt(
            "fetch",
            "-q",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            remote,
            "+refs/heads/" + branch.name() + ":" + tracking());
    boolean absent = fetched.err().contains("couldn't find remote ref");
    if (!fetched.ok() && !absent) {
      return offline(fetched);
    }
    String theirs = absent ? null : room.ref(tracking());
    track(known, theirs);
    String ours = branch.find();
    if (ours == null) {
      return theirs == null ? new Synced.Done() : conflict(null, theirs);
    }
    if (theirs == null || isAncestor(theirs, ours)) {
      return push(theirs, ours);
    }
    return takeOver(ours, theirs);
  }

  private Synced takeOver(String ours, String theirs) {
    String fork = git.attempt("merge-base", ours, theirs).text();
    String forkOrNone = fork.isEmpty() ? null : fork;
    String before = forkOrNone == null ? null : StateTree.id(objects, fork);
    if (forkOrNone == null || !Objects.equals(before, StateTree.id(objects, theirs))) {
      return conflict(forkOrNone, theirs);
    }
    if (fork.equals(ours)) {
      return took(branch.advance(ours, theirs, "build on " + remote), theirs);
    }
    List<String> mine = mine(theirs, ours);
    if (!mine.stream().allMatch(this::oursAlone)) {
      return new Synced.Offline(
          branch.name()
              + " and "
              + remote
              + " have gone different ways, and commits of yours are not pushed yet: pull and push"
              + " them yourself");
    }
    return merge(ours, theirs);
  }

  private Synced merge(String ours, String theirs) {
    Git.Result merged =
        git.attempt("merge-tree", "--write-tree", "-z", "--name-only", ours, theirs);
    if (merged.exit() == 1) {
      return new Synced.Offline(
          branch.name()
              + " and "
              + remote
              + " contradict each other in "
              + String.join(
                  ", ", merged.fields().stream().skip(1).takeWhile(f -> !f.isEmpty()).toList())
              + ": merge them yourself");
    }
    String tree = git.succeed(merged).fields().getFirst();
    String commit =
        objects.insertCommit(
            tree,
            List.of(ours, theirs),
            committer.get(),
            "Merge what others pushed to " + branch.name() + "\n\n" + SYNC_TRAILER + theirs);
    Advance advance = branch.advance(ours, commit, "merge " + remote);
    return advance instanceof Advance.Advanced ? push(theirs, commit) : took(advance, commit);
  }

  private Synced took(Advance advance, String tip) {
    return switch (advance) {
      case Advance.Advanced _ -> new Synced.Done();
      case Advance.Moved _ -> new Synced.Offline(branch.name() + " moved before " + tip);
      case Advance.Held(String why) -> new Synced.Offline(why);
    };
  }

  /** Pushes the longest row of commits of ours that follows what the remote has. */
  private Synced push(@Nullable String theirs, String ours) {
    String last = null;
    for (String commit : mine(theirs, ours)) {
      if (!oursAlone(commit)) {
        break;
      }
      last = commit;
    }
    if (last == null || (theirs != null && !isAncestor(theirs, last))) {
      return new Synced.Done();
    }
    Git.Result pushed =
        git.attempt(
            "push",
            "-q",
            "--no-verify",
            "--no-follow-tags",
            "--recurse-submodules=no",
            remote,
            last + ":refs/heads/" + branch.name());
    if (!pushed.ok()) {
      return offline(pushed);
    }
    track(theirs, last);
    return new Synced.Done();
  }

  /** What the remote lacks of our line of commits, oldest first. */
  private List<String> mine(@Nullable String theirs, String ours) {
    return theirs == null
        ? git.run("rev-list", "--first-parent", "--reverse", ours).lines().toList()
        : git.run("rev-list", "--first-parent", "--reverse", ours, "^" + theirs).lines().toList();
  }

  /** Whether hyperloop made it: a merge of a task, a merge of ours, or nothing but state. */
  private boolean oursAlone(String commit) {
    String text = new String(objects.read(commit), StandardCharsets.UTF_8);
    int blank = text.indexOf("\n\n");
    String message = blank < 0 ? "" : text.substring(blank + 2);
    String trailers = "\n" + message.substring(message.lastIndexOf("\n\n") + 1);
    if (trailers.contains("\n" + TASK_TRAILER) || trailers.contains("\n" + SYNC_TRAILER)) {
      return true;
    }
    List<String> parents =
        text.lines()
            .takeWhile(line -> !line.isEmpty())
            .filter(line -> line.startsWith("parent "))
            .map(line -> line.substring(7))
            .toList();
    return message.lines().findFirst().orElse("").endsWith(SKIP)
        && StateTree.onlyChange(objects, parents.isEmpty() ? null : parents.getFirst(), commit);
  }

  private boolean isAncestor(String ancestor, String commit) {
    return git.attempt("merge-base", "--is-ancestor", ancestor, commit).ok();
  }

  private Synced conflict(@Nullable String fork, String theirs) {
    return new Synced.Conflict(writer(git, fork, theirs));
  }

  private Synced offline(Git.Result failed) {
    String said = failed.err().strip();
    return new Synced.Offline(
        said.isEmpty() ? "git " + failed.command().getFirst() + " failed" : said);
  }

  /** Notes in the repository where the remote stands, as a fetch or push of the user's would. */
  private void track(@Nullable String before, @Nullable String now) {
    if (now != null && !now.equals(before)) {
      // One that moved meanwhile was moved by a fetch of the user's, which knows as much.
      boolean unused = objects.compareAndSwap(tracking(), before, now, "sync");
    }
  }

  private String tracking() {
    return "refs/remotes/" + remote + "/" + branch.name();
  }
}
