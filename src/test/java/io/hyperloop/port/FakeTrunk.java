package io.hyperloop.port;

import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A base branch and task branches in memory; whole files contradict each other, not lines. */
public final class FakeTrunk implements Trunk {

  /**
   * A version of all files.
   *
   * @param fork the base commit that its branch began at
   */
  private record Commit(Map<String, String> files, String fork) {}

  private final Map<String, Commit> commits = new HashMap<>();
  private final Map<String, String> branches = new HashMap<>();
  private final Map<String, String> proofs = new HashMap<>();
  private final Deque<MergeEnd> scripted = new ArrayDeque<>();
  private final List<MergeOrder> merges = new ArrayList<>();
  private String tip;
  private int made;

  public FakeTrunk() {
    tip = FakeSpecSource.hash("trunk 0");
    commits.put(tip, new Commit(Map.of(), tip));
  }

  /** How the next merge shall end, whatever it is; those that follow queue up. */
  public synchronized void script(MergeEnd end) {
    scripted.add(end);
  }

  /** Commits a file to a branch, which begins at the base tip; gives its head. */
  public synchronized String work(String branch, String file, String text) {
    String head = branches.getOrDefault(branch, tip);
    return put(branch, with(commit(head), file, text), commit(head).fork());
  }

  private String put(@Nullable String branch, Map<String, String> files, @Nullable String fork) {
    String id = FakeSpecSource.hash("trunk " + ++made);
    commits.put(id, new Commit(files, fork == null ? id : fork));
    if (branch == null) {
      tip = id;
    } else {
      branches.put(branch, id);
    }
    return id;
  }

  private static Map<String, String> with(Commit commit, String file, String text) {
    var files = new TreeMap<>(commit.files());
    files.put(file, text);
    return files;
  }

  /** Commits a file to the base branch; gives the new tip. */
  public synchronized String baseWrites(String file, String text) {
    return put(null, with(commit(tip), file, text), null);
  }

  /** Has a branch stand at a commit. */
  public synchronized void stand(String branch, String commit) {
    branches.put(branch, commit);
  }

  /** Whether a commit holds nothing that its branch did not begin with. */
  public synchronized boolean isEmpty(String commit) {
    Commit head = commit(commit);
    return head.files().equals(commit(head.fork()).files());
  }

  /** Has a branch stand at a commit with the files of both, ours first; gives it. */
  public synchronized String join(String branch, String ours, String theirs) {
    var files = new TreeMap<>(commit(theirs).files());
    files.putAll(commit(ours).files());
    return put(branch, files, commit(ours).fork());
  }

  /** Makes a branch at the base tip if there is none of that name; gives its head. */
  public synchronized String branch(String name) {
    return branches.computeIfAbsent(name, n -> tip);
  }

  /** Forgets commits that no branch needs, and what was asked for: for worlds that go on long. */
  public synchronized void forget() {
    var keep = new HashSet<>(branches.values());
    branches.values().forEach(head -> keep.add(commit(head).fork()));
    keep.add(tip);
    commits.keySet().retainAll(keep);
    merges.clear();
  }

  /** A person's merge commit has that head for a parent, be there a change or not. */
  public synchronized void mergedByHand(TaskId task, String head) {
    proofs.putIfAbsent(task + " " + head, tip);
  }

  /** A file's text at the base tip; empty if it is not there. */
  public synchronized String base(String file) {
    return commit(tip).files().getOrDefault(file, "");
  }

  public synchronized String tip() {
    return tip;
  }

  public synchronized Map<String, String> branches() {
    return Map.copyOf(branches);
  }

  public synchronized void deleteBranch(String branch) {
    branches.remove(branch);
  }

  /** What was asked for, in order. */
  public synchronized List<MergeOrder> merges() {
    return List.copyOf(merges);
  }

  @Override
  public synchronized MergeEnd merge(MergeOrder order) {
    merges.add(order);
    MergeEnd told = scripted.poll();
    if (told != null) {
      return told;
    }
    String proof = proofs.get(order.task() + " " + order.head());
    if (proof != null) {
      return new MergeEnd.Merged(proof, order.head());
    }
    String stands = branches.get(order.branch());
    if (stands == null) {
      return new MergeEnd.Refused("the branch is gone");
    }
    if (!stands.equals(order.head())) {
      return new MergeEnd.Failed("the branch moved to " + stands + " from " + order.head());
    }
    return mergeFiles(order);
  }

  private MergeEnd mergeFiles(MergeOrder order) {
    Commit head = commit(order.head());
    Map<String, String> before = commit(head.fork()).files();
    Map<String, String> now = commit(tip).files();
    var merged = new TreeMap<>(now);
    var conflicts = new ArrayList<String>();
    head.files()
        .forEach((file, text) -> {
          if (text.equals(before.get(file)) || text.equals(now.get(file))) {
            return;
          }
          if (!Objects.equals(before.get(file), now.get(file))) {
            conflicts.add(file);
          }
          merged.put(file, text);
        });
    if (!conflicts.isEmpty()) {
      return new MergeEnd.Conflict(conflicts, tip);
    }
    if (merged.equals(now)) {
      return new MergeEnd.Merged(tip, order.head());
    }
    String commit = put(null, merged, null);
    proofs.put(order.task() + " " + order.head(), commit);
    return new MergeEnd.Merged(commit, order.head());
  }

  private Commit commit(String id) {
    return Objects.requireNonNull(commits.get(id), () -> "no commit " + id);
  }

  @Override
  public synchronized boolean contains(TaskId task, String head) {
    return proofs.containsKey(task + " " + head);
  }

  @Override
  public synchronized void cleanUp(List<MergeOrder> merged) {
    for (MergeOrder order : merged) {
      if (contains(order.task(), order.head())) {
        branches.remove(order.branch(), order.head());
      }
    }
  }
}
