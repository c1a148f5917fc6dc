package io.hyperloop.adapter.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a commit: names and what they stand for. Names are bytes, kept as ISO 8859-1 so
 * that any of them comes out as it went in.
 */
final class Tree {
  static final String FOLDER = "40000";
  static final String FILE = "100644";
  static final Tree EMPTY = new Tree(new TreeMap<>());

  /** A file or folder: mode as git writes it in trees, and object id. */
  record Entry(String mode, String id) {
    boolean folder() {
      return mode.equals(FOLDER);
    }
  }

  private final SortedMap<String, Entry> entries;

  private Tree(SortedMap<String, Entry> entries) {
    this.entries = entries;
  }

  /** Reads the content of a tree object. */
  static Tree parse(byte[] content) {
    var entries = new TreeMap<String, Entry>();
    for (int at = 0; at < content.length; ) {
      int space = indexOf(content, (byte) ' ', at);
      int nul = indexOf(content, (byte) 0, space);
      String mode = new String(content, at, space - at, StandardCharsets.ISO_8859_1);
      String name = new String(content, space + 1, nul - space - 1, StandardCharsets.ISO_8859_1);
      String id = HexFormat.of().formatHex(content, nul + 1, nul + 21);
      entries.put(name, new Entry(mode, id));
      at = nul + 21;
    }
    return new Tree(entries);
  }

  @Nullable Entry entry(String name) {
    return entries.get(name);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Iterable<Map.Entry<String, Entry>> entries() {
    return entries.entrySet();
  }

  boolean holds(String name) {
    return entries.containsKey(name);
  }

  /** This folder with those entries put in or replaced. */
  Tree with(Map<String, Entry> changed) {
    var next = new TreeMap<>(entries);
    next.putAll(changed);
    return new Tree(next);
  }

  Tree with(String name, Entry entry) {
    return with(Map.of(name, entry));
  }

  /** The content of the tree object, in the order that git demands. */
  byte[] content() {
    var sorted = new ArrayList<>(entries.entrySet());
    if (entries.values().stream().anyMatch(Entry::folder)) {
      sorted.sort(Comparator.comparing(e -> e.getKey() + (e.getValue().folder() ? "/" : "")));
    }
    var content = new ByteArrayOutputStream(sorted.size() * 48);
    for (Map.Entry<String, Entry> entry : sorted) {
      content.writeBytes(entry.getValue().mode().getBytes(StandardCharsets.ISO_8859_1));
      content.write(' ');
      content.writeBytes(entry.getKey().getBytes(StandardCharsets.ISO_8859_1));
      content.write(0);
      content.writeBytes(HexFormat.of().parseHex(entry.getValue().id()));
    }
    return content.toByteArray();
  }

  /** Whether two folders differ in nothing but the entry of that name. */
  static boolean sameBut(String name, Tree a, Tree b) {
    var left = new TreeMap<>(a.entries);
    var right = new TreeMap<>(b.entries);
    left.remove(name);
    right.remove(name);
    return Objects.equals(left, right);
  }

  private static int indexOf(byte[] content, byte wanted, int from) {
    for (int i = from; i < content.length; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("not a tree object: " + Arrays.hashCode(content));
  }
}
