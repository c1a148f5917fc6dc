package io.hyperloop.adapter.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings a work tree that was taken along half the way, or that git will not take along as a whole,
 * to the new commit path by path: what still is as the old commit has it becomes as the new one has
 * it, and what is neither is a person's and stays. Safe to repeat; the index must be locked by us.
 */
final class CheckoutRepair {
  private static final String SOMETHING_ELSE = "something else";

  private final Checkout checkout;
  private final String token;
  private final String old;
  private final String next;
  private final Git git;

  CheckoutRepair(Git git, Checkout checkout, String token, String old, String next) {
    this.checkout = checkout;
    this.token = token;
    this.old = old;
    this.next = next;
    this.git = checkout.onCopy(git, token);
  }

  /** Does it. Gives the paths that were kept as they are. */
  List<String> run(List<TreeChange> changes) {
    checkout.copyIndex(token);
    Set<String> kept = new HashSet<>();
    if (!git.attempt("read-tree", "-m", "-i", old, next).ok()) {
      kept.addAll(entryByEntry(changes));
    }
    Set<String> sparse = sparse();
    List<TreeChange> files = changes.stream().filter(c -> !c.submodule()).toList();
    // Deleted ones first: a folder may have to give way to a file of its name.
    List<TreeChange> deleted = files.stream().filter(TreeChange::deleted).toList();
    for (TreeChange change : unchanged(deleted, kept, sparse)) {
      delete(checkout.root().resolve(change.path()));
    }
    List<TreeChange> rest = files.stream().filter(c -> !c.deleted()).toList();
    var write = unchanged(rest, kept, sparse).stream().map(TreeChange::path).toList();
    git.succeed(git.feed(nulEnded(write), "checkout-index", "-f", "-u", "-q", "-z", "--stdin"));
    checkout.putInPlace(token);
    return kept.stream().sorted().toList();
  }

  /** Those whose file is still as the old commit has it; adds to {@code kept} what is neither. */
  private List<TreeChange> unchanged(
      List<TreeChange> changes, Set<String> kept, Set<String> sparse) {
    Map<String, String> found = contents(changes);
    var unchanged = new ArrayList<TreeChange>();
    for (TreeChange change : changes) {
      String path = change.path();
      String is = found.getOrDefault(path, TreeChange.NO_ID);
      boolean modeOnly = change.oldId().equals(change.newId());
      boolean leftOut = sparse.contains(path) && !found.containsKey(path);
      if (leftOut || (is.equals(change.newId()) && !modeOnly)) {
        continue;
      }
      if (is.equals(change.oldId()) && !kept.contains(path)) {
        unchanged.add(change);
      } else {
        kept.add(path);
      }
    }
    return unchanged;
  }

  /** For an index that does not merge as a whole, such as one with unresolved conflicts. */
  private Set<String> entryByEntry(List<TreeChange> changes) {
    Map<String, String> entries = new HashMap<>();
    for (String line : git.succeed(git.attempt("ls-files", "-s", "-z")).fields()) {
      int tab = line.indexOf('\t');
      entries.merge(line.substring(tab + 1), line.substring(0, tab), (a, b) -> a + " " + b);
    }
    var kept = new HashSet<String>();
    var lines = new ArrayList<String>();
    for (TreeChange change : changes) {
      String is = entries.getOrDefault(change.path(), "");
      if (is.equals(entry(change.oldMode(), change.oldId()))) {
        lines.add(change.newMode() + " " + change.newId() + "\t" + change.path());
      } else if (!is.equals(entry(change.newMode(), change.newId()))) {
        kept.add(change.path());
      }
    }
    git.succeed(git.feed(nulEnded(lines), "update-index", "-z", "--index-info"));
    return kept;
  }

  private static String entry(String mode, String id) {
    return mode.equals(TreeChange.NONE) ? "" : mode + " " + id + " 0";
  }

  /** The paths that a sparse checkout leaves out. */
  private Set<String> sparse() {
    var sparse = new HashSet<String>();
    for (String line : git.succeed(git.attempt("ls-files", "-t", "-z")).fields()) {
      if (line.startsWith("S ")) {
        sparse.add(line.substring(2));
      }
    }
    return sparse;
  }

  /** The blobs that the work tree's files would be, for those that exist. */
  private Map<String, String> contents(List<TreeChange> changes) {
    var found = new HashMap<String, String>();
    var files = new ArrayList<String>();
    for (TreeChange change : changes) {
      Path file = checkout.root().resolve(change.path());
      boolean linkMeant =
          change.oldMode().equals(TreeChange.LINK) || change.newMode().equals(TreeChange.LINK);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || emptyFolder(file)) {
        continue;
      }
      if (behindLink(change.path())) {
        found.put(change.path(), SOMETHING_ELSE);
      } else if (Files.isSymbolicLink(file)) {
        found.put(change.path(), linkMeant ? linkId(file) : SOMETHING_ELSE);
      } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        files.add(change.path());
      } else {
        found.put(change.path(), SOMETHING_ELSE);
      }
    }
    hash(files, found);
    return found;
  }

  private void hash(List<String> files, Map<String, String> found) {
    // One call for all, but for the names that a list of lines cannot hold.
    var listed = files.stream().filter(f -> f.indexOf('\n') < 0 && !f.startsWith("\"")).toList();
    if (!listed.isEmpty()) {
      byte[] lines = (String.join("\n", listed) + "\n").getBytes(StandardCharsets.UTF_8);
      String[] ids =
          git.succeed(git.feed(lines, "hash-object", "--stdin-paths")).text().split("\n");
      for (int i = 0; i < listed.size(); i++) {
        found.put(listed.get(i), ids[i]);
      }
    }
    for (String file : files) {
      if (!found.containsKey(file)) {
        found.put(file, git.run("hash-object", "--", file));
      }
    }
  }

  /** Whether a link on the way leads elsewhere: nothing is ever changed there. */
  private boolean behindLink(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (Files.isSymbolicLink(checkout.root().resolve(path.substring(0, slash)))) {
        return true;
      }
    }
    return false;
  }

  private boolean emptyFolder(Path file) {
    try {
      return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && empty(file);
    } catch (IOException e) {
      throw checkout.failure("a folder cannot be read: " + file, e);
    }
  }

  private String linkId(Path link) {
    try {
      byte[] target = Files.readSymbolicLink(link).toString().getBytes(StandardCharsets.UTF_8);
      return ObjectStore.blobId(target);
    } catch (IOException e) {
      throw checkout.failure("a link cannot be read: " + link, e);
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      for (Path folder = file.getParent();
          folder != null && !folder.equals(checkout.root()) && empty(folder);
          folder = folder.getParent()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw checkout.failure("a file cannot be deleted: " + file, e);
    }
  }

  private static boolean empty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static byte[] nulEnded(List<String> items) {
    var bytes = new ByteArrayOutputStream();
    for (String item : items) {
      bytes.writeBytes(item.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }
}
