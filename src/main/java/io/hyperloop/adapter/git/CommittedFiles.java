package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folders as they stand in a commit, read without a process. Meant for small ones: there are bounds
 * on depth, number and size, and nothing but plain files is taken.
 */
public final class CommittedFiles {
  private static final int DEPTH_MAX = 16;
  private static final int FILES_MAX = 1000;
  private static final int BYTES_MAX = 8 << 20;

  private final ObjectStore objects;

  public CommittedFiles(Repository repository) {
    this.objects = new ObjectStore(repository);
  }

  private record Entry(String mode, String name, String id) {
    boolean folder() {
      return mode.equals("40000");
    }
  }

  /**
   * The id of a folder: equal for equal content.
   *
   * @param path relative to the repository's root
   * @return nothing if there is no such folder in the commit
   */
  public Optional<String> folder(String commit, String path) {
    String tree = objects.treeOf(commit);
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Optional<Entry> next =
          entries(tree).stream().filter(e -> e.folder() && e.name().equals(name)).findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      tree = next.get().id();
    }
    return Optional.of(tree);
  }

  /**
   * All files below a folder, by path relative to the repository's root; none if it is missing.
   *
   * @throws PortFailure of kind USER if there is anything but plain files, or too much of it
   */
  public SortedMap<String, byte[]> files(String commit, String path) {
    var files = new TreeMap<String, byte[]>();
    String root = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    folder(commit, path).ifPresent(tree -> collect(tree, root, 1, files));
    return files;
  }

  private void collect(String tree, String path, int depth, SortedMap<String, byte[]> files) {
    if (depth > DEPTH_MAX) {
      throw refused("folders are nested deeper than " + DEPTH_MAX + " levels", path);
    }
    for (Entry entry : entries(tree)) {
      String inner = path + "/" + entry.name();
      if (!plain(entry.name())) {
        throw refused("a name that no file may have", inner);
      }
      switch (entry.mode()) {
        case "40000" -> collect(entry.id(), inner, depth + 1, files);
        case "100644", "100755", "100664" -> files.put(inner, objects.read(entry.id()));
        case "120000" -> throw refused("a symbolic link, which is not followed here", inner);
        default -> throw refused("neither a file nor a folder", inner);
      }
      if (files.size() > FILES_MAX) {
        throw refused("more than " + FILES_MAX + " files", path);
      }
      if (files.values().stream().mapToLong(content -> content.length).sum() > BYTES_MAX) {
        throw refused("more than " + (BYTES_MAX >> 20) + " MiB", path);
      }
    }
  }

  private static boolean plain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && !name.equalsIgnoreCase(".git")
        && name.indexOf('/') < 0;
  }

  /** A tree object: {@code mode SP name NUL 20 bytes}, over and over. */
  private List<Entry> entries(String tree) {
    byte[] bytes = objects.read(tree);
    var entries = new ArrayList<Entry>();
    int at = 0;
    while (at < bytes.length) {
      int space = find(bytes, (byte) ' ', at);
      int end = find(bytes, (byte) 0, space);
      entries.add(
          new Entry(
              new String(bytes, at, space - at, StandardCharsets.US_ASCII),
              new String(bytes, space + 1, end - space - 1, StandardCharsets.UTF_8),
              HexFormat.of().formatHex(bytes, end + 1, end + 21)));
      at = end + 21;
    }
    return entries;
  }

  private static int find(byte[] bytes, byte wanted, int from) {
    int at = from;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static PortFailure refused(String what, String where) {
    return new PortFailure(
        Problem.user(what, where + " (as committed)", "keep small plain files there, then commit"));
  }
}
