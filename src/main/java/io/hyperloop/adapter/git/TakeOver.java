package io.hyperloop.adapter.git;

import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * What a writing agent left, judged and put on the task's branch.
 *
 * <p>What it left uncommitted is committed for it. State is put back as it is where the branch left
 * the base; so are, in a commit on top, files that workers may not change: the round is rejected
 * for them, the rest of the work is kept. If a file that was only copied into the work tree got
 * into a commit, all the agent's commits are replaced by one without it, since it may hold a
 * secret; and so they are if any of them holds the value of a known secret, for which the round is
 * rejected and the file put back. What cannot be taken at all, and whatever a branch pointed at
 * that its new tip does not contain, is kept under {@code refs/hyperloop/backup/}.
 */
final class TakeOver {
  private static final String STATE = ".hyperloop/state";
  private static final int FORBIDDEN_TOLD_MAX = 100;
  private static final int TRIES = 3;

  private final SpecPatterns specs;
  private final BaseBranch base;
  private final ObjectDatabase objects;
  private final Refs refs;
  private final Worktrees worktrees;
  private final Snapshot snapshot;
  private final Identity identity;
  private final Trees trees;
  private final Leaks leaks;

  TakeOver(
      SpecPatterns specs,
      BaseBranch base,
      ObjectDatabase objects,
      Refs refs,
      Worktrees worktrees,
      Snapshot snapshot,
      Identity identity,
      Leaks leaks) {
    this.leaks = leaks;
    this.specs = specs;
    this.base = base;
    this.objects = objects;
    this.refs = refs;
    this.worktrees = worktrees;
    this.snapshot = snapshot;
    this.identity = identity;
    this.trees = new Trees(objects);
  }

  static String backup(TaskId task, ObjectId commit) {
    return Refs.BACKUP + task + "/" + commit.abbreviate(12).name();
  }

  /** Judges it; safe to repeat. */
  Delivery take(Worktrees.Seat seat, WorkOrder.Work work, String detail) {
    RevCommit onto = objects.commit(ObjectId.fromString(base.tip()));
    Head head = head(seat, work, onto);
    if (!head.why().isEmpty()) {
      head.commit().ifPresent(commit -> rescue(seat, work, commit, detail));
      return new Delivery.Unusable(head.why());
    }
    RevCommit commit = head.commit().orElseThrow();
    RevCommit fork = objects.mergeBase(commit, onto).orElseThrow();
    ObjectId tree;
    List<Trees.Change> changes;
    Leaks.Found found;
    try {
      changes = changes(fork.getTree(), commit.getTree());
      tree = files(seat, commit);
      if (!tree.equals(commit.getTree())) {
        changes = changes(fork.getTree(), tree);
      }
      found = leaks.find(tree, commit, fork, onto);
    } catch (PortFailure e) {
      Problem problem = e.problems().getFirst();
      if (problem.scope() == Problem.Scope.RUN) {
        throw e;
      }
      keep(work, commit);
      return new Delivery.Unusable(problem.what());
    }
    ObjectId before = head.began().map(RevCommit::getTree).map(ObjectId.class::cast).orElse(null);
    return judge(
        work, commit, fork, new Content(tree, changes, copied(seat), found, before), detail);
  }

  /**
   * What is to be taken.
   *
   * @param changes against the fork
   * @param copied files that were only copied into the work tree
   * @param leaks secrets that it brings
   * @param before the tree that the worker was given; null if that is not known any more
   */
  private record Content(
      ObjectId tree,
      List<Trees.Change> changes,
      List<String> copied,
      Leaks.Found leaks,
      @Nullable ObjectId before) {}

  /**
   * What differs, within bounds. Asked before git sees the tree: a few objects can make a tree of
   * more files than there is time to list.
   *
   * @throws PortFailure with scope TASK if it is too much, or holds what git would never check out
   */
  private List<Trees.Change> changes(ObjectId from, ObjectId to) {
    List<Trees.Change> changes = trees.changes(from, to);
    changes.forEach(change -> refuseOdd(change.path()));
    return changes;
  }

  /** Where HEAD began and is, and why it cannot be taken; empty if it can. */
  private record Head(Optional<RevCommit> began, Optional<RevCommit> commit, String why) {}

  private Head head(Worktrees.Seat seat, WorkOrder.Work work, RevCommit onto) {
    Optional<RevCommit> began =
        worktrees
            .noted(seat, "start")
            .or(() -> tip(work).map(ObjectId::name))
            .flatMap(objects::find);
    String said = worktrees.head(seat).orElse("");
    if (said.isEmpty()) {
      return new Head(began, began, "its work tree's HEAD is gone");
    }
    if (said.equals("ref: " + Refs.branch(base.name()))) {
      return new Head(began, began, "it switched to the base branch, " + base.name());
    }
    Optional<RevCommit> commit =
        said.startsWith("ref: ")
            ? refs.find(said.substring(5)).flatMap(objects::find)
            : objects.find(said);
    if (commit.isEmpty()) {
      return new Head(began, began, "its work tree's HEAD names no commit");
    }
    boolean descends =
        began
            .flatMap(b -> objects.mergeBase(b, onto))
            .filter(fork -> objects.descends(commit.get(), fork))
            .isPresent();
    String why =
        "its HEAD does not descend from the commit of %s that the branch began at; it must build on"
            + " the branch, or on a later commit of %s";
    return new Head(began, commit, descends ? "" : why.formatted(base.name(), base.name()));
  }

  private Optional<ObjectId> tip(WorkOrder.Work work) {
    return refs.find(Refs.branch(work.branch()));
  }

  private List<String> copied(Worktrees.Seat seat) {
    String noted = worktrees.noted(seat, "copied").orElse("");
    return noted.isEmpty() ? List.of() : List.of(noted.split("\0"));
  }

  /**
   * The tree that the work tree amounts to; that of HEAD if the work tree is gone.
   *
   * @throws PortFailure with scope TASK if git cannot make one of it
   */
  private ObjectId files(Worktrees.Seat seat, RevCommit head) {
    if (!worktrees.intact(seat)) {
      return head.getTree();
    }
    try {
      return snapshot.take(
          seat.folder(),
          seat.room(),
          worktrees.administration(seat).orElse(seat.room()).resolve("index"),
          worktrees.noted(seat, "start").orElse(head.name()),
          head.name(),
          head.getTree(),
          Exclusions.of(copied(seat)) + worktrees.noted(seat, "made").orElse(""));
    } catch (PortFailure e) {
      Problem p = e.problems().getFirst();
      throw ofTask("its files cannot be taken: " + p.what(), seat.name());
    }
  }

  private Delivery judge(
      WorkOrder.Work work, RevCommit head, RevCommit fork, Content content, String detail) {
    List<String> forbidden =
        content.changes().stream().map(Trees.Change::path).filter(this::forbids).toList();
    var undone = new ArrayList<String>(content.copied());
    undone.add(STATE);
    undone.addAll(forbidden);
    undone.addAll(content.leaks().paths());
    ObjectId clean = trees.graft(content.tree(), fork.getTree(), undone);
    boolean leaked = content.leaks().past() || leaked(content.copied(), head, fork);
    RevCommit parent = leaked ? fork : head;
    RevCommit next = clean.equals(parent.getTree()) ? parent : commit(work, clean, parent, detail);
    move(work, next);
    var rejected = new ArrayList<String>(content.leaks().told());
    rejected.addAll(forbidden);
    return rejected.isEmpty()
        ? new Delivery.Taken(
            next.name(), !clean.equals(fork.getTree()), !clean.equals(content.before()))
        : new Delivery.Forbidden(told(rejected));
  }

  /** Specs and our own files, also by names that a file system without case takes for ours. */
  private boolean forbids(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    boolean ours =
        lower.equals(".hyperloop")
            || lower.startsWith(".hyperloop/")
            || lower.equals(".hyperloop.yaml");
    boolean state = path.equals(STATE) || path.startsWith(STATE + "/");
    return !state && (ours || specs.matches(path));
  }

  private static List<String> told(List<String> paths) {
    if (paths.size() <= FORBIDDEN_TOLD_MAX) {
      return paths;
    }
    var told = new ArrayList<>(paths.subList(0, FORBIDDEN_TOLD_MAX));
    told.add("and " + (paths.size() - FORBIDDEN_TOLD_MAX) + " more");
    return told;
  }

  /** What git would never check out, such as {@code .git}. */
  private static void refuseOdd(String path) {
    try {
      new ObjectChecker().checkPath(path);
    } catch (CorruptObjectException e) {
      String told = path.substring(0, Math.min(path.length(), 200));
      throw ofTask("it holds a file name that git refuses: " + told, told);
    }
  }

  /** Whether a commit of the agent's brings a file that was only copied. */
  private boolean leaked(List<String> copied, RevCommit head, RevCommit fork) {
    if (copied.isEmpty() || head.equals(fork)) {
      return false;
    }
    return objects.reading(() -> {
      try (var walk = new RevWalk(objects.jgit())) {
        walk.markStart(walk.parseCommit(head));
        walk.markUninteresting(walk.parseCommit(fork));
        for (RevCommit commit : walk) {
          for (String path : copied) {
            if (trees.entry(commit.getTree(), path).isPresent()) {
              return true;
            }
          }
        }
        return false;
      }
    });
  }

  private RevCommit commit(WorkOrder.Work work, ObjectId tree, RevCommit parent, String detail) {
    Optional<RevCommit> done = tip(work).flatMap(objects::find);
    if (done.isPresent()
        && done.get().getTree().equals(tree)
        && done.get().getParentCount() == 1
        && done.get().getParent(0).equals(parent)) {
      return done.get();
    }
    String said = Message.firstLine(detail);
    String message =
        Message.of(said.isEmpty() ? work.title() : said, "")
            .spec(work.specRef())
            .task(work.task())
            .toString();
    PersonIdent who = identity.now();
    return objects.commit(objects.commit(tree, List.of(parent), who, who, message));
  }

  private void move(WorkOrder.Work work, RevCommit next) {
    String ref = Refs.branch(work.branch());
    for (int i = 0; i < TRIES; i++) {
      Optional<ObjectId> tip = refs.find(ref);
      if (tip.isPresent() && tip.get().equals(next)) {
        return;
      }
      tip.flatMap(objects::find)
          .filter(old -> !objects.descends(next, old))
          .ifPresent(old -> keep(work, old));
      if (refs.move(ref, tip.orElse(null), next, "take over " + work.task())) {
        return;
      }
    }
    throw new PortFailure(
        Problem.environment(
            "the branch " + work.branch() + " is being moved by somebody else",
            ref,
            "leave it to hyperloop"));
  }

  private void keep(WorkOrder.Work work, RevCommit commit) {
    refs.keep(backup(work.task(), commit), commit);
  }

  /** Keeps what cannot be taken, uncommitted files included, where a person finds it. */
  private void rescue(Worktrees.Seat seat, WorkOrder.Work work, RevCommit head, String detail) {
    try {
      String start = worktrees.noted(seat, "start").orElse(head.name());
      var unused = changes(objects.commit(ObjectId.fromString(start)).getTree(), head.getTree());
      ObjectId tree = files(seat, head);
      keep(work, tree.equals(head.getTree()) ? head : commit(work, tree, head, detail));
    } catch (PortFailure e) {
      keep(work, head);
    }
  }

  private static PortFailure ofTask(String what, String where) {
    return new PortFailure(
        new Problem(Problem.Kind.ENVIRONMENT, Problem.Scope.TASK, what, where, ""));
  }
}
