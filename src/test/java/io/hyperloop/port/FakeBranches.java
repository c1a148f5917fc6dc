package io.hyperloop.port;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Branches of a repository in memory; whole files contradict each other, not lines. */
final class FakeBranches {
  private record Commit(Map<String, String> files, List<String> parents) {}

  private final Map<String, Commit> commits = new HashMap<>();
  private final Map<String, String> branches = new TreeMap<>();
  private int made;

  FakeBranches(String base) {
    branches.put(base, commit(Map.of(), List.of()));
  }

  /** Makes a commit, of no branch yet. */
  String commit(Map<String, String> files, List<String> parents) {
    String id = FakeSpecSource.hash("pull requests " + ++made);
    commits.put(id, new Commit(Map.copyOf(files), List.copyOf(parents)));
    return id;
  }

  /** Commits a file to a branch, which begins at {@code start} if it is not there. */
  @CanIgnoreReturnValue
  String push(String branch, String start, String file, String text) {
    String parent = Objects.requireNonNull(branches.getOrDefault(branch, branches.get(start)));
    var files = new TreeMap<>(files(parent));
    files.put(file, text);
    String id = commit(files, List.of(parent));
    branches.put(branch, id);
    return id;
  }

  void move(String branch, String commit) {
    branches.put(branch, commit);
  }

  void delete(String branch) {
    branches.remove(branch);
  }

  Optional<String> head(String branch) {
    return Optional.ofNullable(branches.get(branch));
  }

  Map<String, String> files(String commit) {
    return commitOf(commit).files();
  }

  boolean contains(String commit, String ancestor) {
    return history(commit).contains(ancestor);
  }

  /** The files of both together; empty if they contradict each other. */
  Optional<Map<String, String>> merged(String base, String head) {
    Set<String> ofBase = history(base);
    String fork = history(head).stream().filter(ofBase::contains).findFirst().orElseThrow();
    Map<String, String> before = files(fork);
    var merged = new TreeMap<>(files(base));
    var names = new TreeSet<>(files(head).keySet());
    for (String name : names) {
      String theirs = files(head).get(name);
      String ours = files(base).get(name);
      boolean changed = !Objects.equals(theirs, before.get(name));
      if (changed && !Objects.equals(ours, before.get(name)) && !Objects.equals(ours, theirs)) {
        return Optional.empty();
      }
      if (changed && theirs != null) {
        merged.put(name, theirs);
      }
    }
    return Optional.of(merged);
  }

  /** A commit and all before it, the nearest first. */
  private Set<String> history(String commit) {
    var seen = new LinkedHashSet<String>();
    var open = new ArrayDeque<>(List.of(commit));
    var known = new HashSet<>(open);
    while (!open.isEmpty()) {
      String next = open.poll();
      seen.add(next);
      commitOf(next).parents().stream().filter(known::add).forEach(open::add);
    }
    return seen;
  }

  private Commit commitOf(String id) {
    return Objects.requireNonNull(commits.get(id), () -> "no commit " + id);
  }
}
