package io.hyperloop.port;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Specs in memory: a line of commits, each with all texts. */
public final class FakeSpecSource implements SpecSource {

  /**
   * A commit.
   *
   * @param changed the commit that changed it last, by path
   */
  private record Commit(Map<String, String> texts, Map<String, String> changed) {}

  private final Map<String, Commit> commits = new LinkedHashMap<>();
  private final List<Runnable> wakes = new ArrayList<>();
  private final Set<String> pinned = new TreeSet<>();
  private String tip;
  private int made;

  public FakeSpecSource() {
    tip = hash("commit 0");
    commits.put(tip, new Commit(Map.of(), Map.of()));
  }

  private String nextCommit() {
    made++;
    return hash("commit " + made);
  }

  /** Forgets all commits but the last so many and those: for worlds that go on for long. */
  public synchronized void forget(int last, Set<String> keep) {
    List<String> names = List.copyOf(commits.keySet());
    for (String name : names.subList(0, Math.max(0, names.size() - last))) {
      if (!keep.contains(name)) {
        commits.remove(name);
      }
    }
    pinned.clear();
  }

  /** Commits a spec; gives the commit. */
  public synchronized String write(String path, String text) {
    Commit last = commit(tip);
    var texts = new TreeMap<>(last.texts());
    var changed = new TreeMap<>(last.changed());
    texts.put(path, text);
    String commit = nextCommit();
    changed.put(path, commit);
    return advance(commit, new Commit(texts, changed));
  }

  /** Commits the removal of a spec; gives the commit. */
  public synchronized String delete(String path) {
    Commit last = commit(tip);
    var texts = new TreeMap<>(last.texts());
    var changed = new TreeMap<>(last.changed());
    texts.remove(path);
    changed.remove(path);
    return advance(nextCommit(), new Commit(texts, changed));
  }

  /** Commits that a spec has another path; gives the commit. */
  public synchronized String rename(String from, String to) {
    Commit last = commit(tip);
    var texts = new TreeMap<>(last.texts());
    var changed = new TreeMap<>(last.changed());
    String commit = nextCommit();
    texts.put(to, Objects.requireNonNull(texts.remove(from), () -> "no spec " + from));
    changed.remove(from);
    changed.put(to, commit);
    return advance(commit, new Commit(texts, changed));
  }

  /** Commits something that is no spec; gives the commit. */
  public synchronized String touch() {
    return advance(nextCommit(), commit(tip));
  }

  private String advance(String commit, Commit content) {
    commits.put(commit, content);
    tip = commit;
    wakes.forEach(Runnable::run);
    return commit;
  }

  private Commit commit(String name) {
    return Objects.requireNonNull(commits.get(name), () -> "no commit " + name);
  }

  /** The versions that were pinned, as {@code path@commit}. */
  public synchronized Set<String> pinned() {
    return Set.copyOf(pinned);
  }

  @Override
  public synchronized String tip() {
    return tip;
  }

  @Override
  public synchronized Map<String, Spec> at(String at, Map<String, Handled> handled) {
    var specs = new TreeMap<String, Spec>();
    Commit commit = commit(at);
    commit
        .texts()
        .forEach((path, text) -> {
          String blob = hash("blob " + text);
          Handled known = handled.get(path);
          boolean covered = known != null && known.blob().equals(blob);
          specs.put(path, new Spec(path, blob, covered ? null : commit.changed().get(path)));
        });
    return specs;
  }

  @Override
  public synchronized String text(SpecRef version) {
    Commit commit = commits.get(version.commit());
    String text = commit == null ? null : commit.texts().get(version.path());
    if (text == null) {
      throw new PortFailure(Problem.user("there is no such version", version.toString(), ""));
    }
    return text;
  }

  @Override
  public String diff(SpecRef from, SpecRef to) {
    List<String> before = text(from).lines().toList();
    List<String> after = text(to).lines().toList();
    var diff = new StringBuilder();
    before.stream().filter(l -> !after.contains(l)).forEach(l -> diff.append("-" + l + "\n"));
    after.stream().filter(l -> !before.contains(l)).forEach(l -> diff.append("+" + l + "\n"));
    return diff.toString();
  }

  @Override
  public synchronized void pin(SpecRef version) {
    pinned.add(version.toString());
  }

  @Override
  public synchronized void onChange(Runnable wake) {
    wakes.add(wake);
  }

  /** Forty hex digits that stand for a text. */
  public static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
