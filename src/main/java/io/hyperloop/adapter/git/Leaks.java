package io.hyperloop.adapter.git;

import io.hyperloop.adapter.agent.Secrets;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Finds secrets in what an agent's commits and files bring: contents, names and messages. */
final class Leaks {
  /** More bytes than this are no work of an agent's but an attack on the reader. */
  static final long BYTES_MAX = 2L << 30;

  private static final int COMMITS_MAX = 50_000;
  private static final int PIECE = 1 << 20;

  private final ObjectDatabase objects;
  private final List<Secrets.Secret> secrets;

  Leaks(ObjectDatabase objects, Secrets secrets) {
    this.objects = objects;
    this.secrets = secrets.all().stream().filter(secret -> !secret.isWord()).toList();
  }

  /**
   * What was found.
   *
   * @param paths of the tree that bring a secret
   * @param told what brings which variable's value, in words, without the value
   * @param past whether it is in a commit, and so in the history
   */
  record Found(List<String> paths, List<String> told, boolean past) {
    static final Found NOTHING = new Found(List.of(), List.of(), false);

    boolean nothing() {
      return told.isEmpty();
    }
  }

  /**
   * Looks through everything between what is there already and a tree that is to be.
   *
   * @param tree made from the files that stand on the head
   * @param fork where the work left the base
   * @param base whose commits are nobody's work
   * @throws PortFailure with scope TASK if it is too much
   */
  Found find(ObjectId tree, RevCommit head, RevCommit fork, RevCommit base) {
    return secrets.isEmpty()
        ? Found.NOTHING
        : objects.reading(() -> new Search(fork).find(tree, head, base));
  }

  private final class Search {
    private final RevCommit fork;
    private final Map<String, String> told = new LinkedHashMap<>();
    private final Map<ObjectId, Set<Secrets.Secret>> known = new HashMap<>();
    private long bytes;
    private int changes;

    Search(RevCommit fork) {
      this.fork = fork;
    }

    Found find(ObjectId tree, RevCommit head, RevCommit base) throws IOException {
      try (ObjectReader reader = objects.jgit().newObjectReader();
          var walk = new RevWalk(reader)) {
        List<String> now = diff(reader, List.of(fork.getTree()), tree, "");
        boolean past = commits(reader, walk, head, base);
        return new Found(now, List.copyOf(told.values()), past);
      }
    }

    private boolean commits(ObjectReader reader, RevWalk walk, RevCommit head, RevCommit base)
        throws IOException {
      walk.markStart(walk.parseCommit(head));
      walk.markUninteresting(walk.parseCommit(fork));
      walk.markUninteresting(walk.parseCommit(base));
      int count = 0;
      boolean leaks = false;
      for (RevCommit commit : walk) {
        if (++count > COMMITS_MAX) {
          throw tooMuch(COMMITS_MAX + " commits");
        }
        String text = new String(commit.getRawBuffer(), StandardCharsets.ISO_8859_1);
        for (Secrets.Secret secret : secretsIn(text)) {
          leaks = true;
          tell("a commit message", secret, "");
        }
        var parents = new ArrayList<ObjectId>();
        for (RevCommit parent : commit.getParents()) {
          parents.add(walk.parseCommit(parent).getTree());
        }
        leaks |= !diff(reader, parents, commit.getTree(), ", in an earlier commit").isEmpty();
      }
      return leaks;
    }

    /** The paths that a tree brings against all of some others. */
    private List<String> diff(
        ObjectReader reader, List<? extends ObjectId> from, ObjectId to, String when)
        throws IOException {
      var found = new ArrayList<String>();
      try (var walk = new TreeWalk(reader)) {
        walk.setRecursive(true);
        walk.setFilter(TreeFilter.ANY_DIFF);
        int mine = walk.addTree(to);
        for (ObjectId tree : from) {
          walk.addTree(tree);
        }
        int in = walk.addTree(fork.getTree());
        while (walk.next()) {
          if (++changes > Trees.CHANGES_MAX) {
            throw tooMuch(Trees.CHANGES_MAX + " changed files");
          }
          if (brings(walk, from.size(), mine) && leaks(reader, walk, mine, in, when)) {
            found.add(walk.getPathString());
          }
        }
      }
      return found;
    }

    private static boolean isFile(FileMode mode) {
      return mode.getObjectType() == Constants.OBJ_BLOB;
    }

    private static boolean brings(TreeWalk walk, int others, int mine) {
      if (!isFile(walk.getFileMode(mine))) {
        return false;
      }
      for (int i = 1; i <= others; i++) {
        if (walk.idEqual(mine, i)) {
          return false;
        }
      }
      return true;
    }

    /** What was in the file before the work began is not of the work. */
    private boolean leaks(ObjectReader reader, TreeWalk walk, int mine, int in, String when)
        throws IOException {
      String path = walk.getPathString();
      boolean old = isFile(walk.getFileMode(in));
      boolean leaks = false;
      for (Secrets.Secret secret : secretsOf(reader, walk.getObjectId(mine))) {
        if (!old || !secretsOf(reader, walk.getObjectId(in)).contains(secret)) {
          leaks = true;
          tell(clean(path), secret, when);
        }
      }
      if (!old) {
        for (Secrets.Secret secret : secretsIn(raw(path))) {
          leaks = true;
          tell(clean(path), secret, " in its name" + when);
        }
      }
      return leaks;
    }

    private void tell(String where, Secrets.Secret secret, String when) {
      told.putIfAbsent(
          where + "\0" + secret.name(),
          where + " (holds the value of " + secret.name() + when + ")");
    }

    private Set<Secrets.Secret> secretsOf(ObjectReader reader, ObjectId blob) throws IOException {
      Set<Secrets.Secret> found = known.get(blob);
      if (found == null) {
        found = read(reader, blob.copy());
        known.put(blob.copy(), found);
      }
      return found;
    }

    private Set<Secrets.Secret> read(ObjectReader reader, ObjectId blob) throws IOException {
      var found = new HashSet<Secrets.Secret>();
      int longest = secrets.stream().mapToInt(secret -> secret.raw().length()).max().orElse(1);
      String held = "";
      try (InputStream content = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
        byte[] piece = new byte[PIECE];
        for (int n = content.readNBytes(piece, 0, PIECE);
            n > 0;
            n = content.readNBytes(piece, 0, PIECE)) {
          bytes += n;
          if (bytes > BYTES_MAX) {
            throw tooMuch((BYTES_MAX >> 30) + " GiB");
          }
          String text = held + new String(piece, 0, n, StandardCharsets.ISO_8859_1);
          found.addAll(secretsIn(text));
          held = text.substring(Math.max(0, text.length() - longest + 1));
        }
      }
      return found;
    }
  }

  private List<Secrets.Secret> secretsIn(String raw) {
    return secrets.stream().filter(secret -> raw.contains(secret.raw())).toList();
  }

  private String clean(String path) {
    String clean = path;
    for (Secrets.Secret secret : secrets) {
      clean = clean.replace(secret.value(), "[redacted]");
    }
    return clean;
  }

  private static String raw(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static PortFailure tooMuch(String what) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            "more than " + what + " cannot be searched for secrets",
            "",
            "commit less"));
  }
}
