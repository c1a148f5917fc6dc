package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Looks into trees, compares them, and makes one from parts of two. */
final class Trees {
  /** More changed paths than this are no work of an agent's but an attack on the reader. */
  static final int CHANGES_MAX = 250_000;

  private final ObjectDatabase objects;

  Trees(ObjectDatabase objects) {
    this.objects = objects;
  }

  /**
   * A path whose entry differs.
   *
   * @param before mode of the old entry; {@link FileMode#MISSING} if there was none
   * @param after likewise
   */
  record Change(String path, FileMode before, FileMode after) {}

  /** A tree's entry. */
  record Entry(FileMode mode, ObjectId id) {}

  /** What stands at a path, if anything. */
  Optional<Entry> entry(ObjectId tree, String path) {
    return objects.reading(() -> {
      try (TreeWalk walk = TreeWalk.forPath(objects.jgit(), path, tree)) {
        return walk == null
            ? Optional.empty()
            : Optional.of(new Entry(walk.getFileMode(0), walk.getObjectId(0)));
      }
    });
  }

  /**
   * The paths in which two trees differ, folders taken apart.
   *
   * @throws PortFailure with scope TASK if they are more than {@link #CHANGES_MAX}
   */
  List<Change> changes(ObjectId from, ObjectId to) {
    if (from.equals(to)) {
      return List.of();
    }
    return objects.reading(() -> {
      var changes = new ArrayList<Change>();
      try (var walk = new TreeWalk(objects.jgit())) {
        walk.setRecursive(true);
        walk.setFilter(TreeFilter.ANY_DIFF);
        walk.addTree(from);
        walk.addTree(to);
        while (walk.next()) {
          if (changes.size() == CHANGES_MAX) {
            throw tooMany();
          }
          changes.add(new Change(walk.getPathString(), walk.getFileMode(0), walk.getFileMode(1)));
        }
      }
      return changes;
    });
  }

  private static PortFailure tooMany() {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            "more than " + CHANGES_MAX + " files differ",
            "",
            "commit fewer files"));
  }

  /**
   * A tree like {@code onto}, except that at each of the paths it holds what {@code from} holds
   * there, which may be nothing.
   *
   * @param from null for an empty tree
   */
  ObjectId graft(ObjectId onto, @Nullable ObjectId from, Collection<String> paths) {
    return objects.reading(() -> {
      try (ObjectInserter inserter = objects.jgit().newObjectInserter();
          ObjectReader reader = objects.jgit().newObjectReader()) {
        var raw = paths.stream().map(Trees::raw).toList();
        ObjectId made = new Graft(reader, inserter).graft(onto, from, raw);
        ObjectId tree = made == null ? inserter.insert(new TreeFormatter()) : made;
        inserter.flush();
        return tree;
      }
    });
  }

  /** Bytes as chars, since names in trees need not be UTF-8. */
  private static String raw(String path) {
    return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private record Graft(ObjectReader reader, ObjectInserter inserter) {

    /** The tree that results; null if it would be empty. */
    @Nullable ObjectId graft(@Nullable ObjectId onto, @Nullable ObjectId from, List<String> paths)
        throws IOException {
      Map<String, Entry> entries = entries(onto);
      Map<String, Entry> theirs = entries(from);
      Map<String, List<String>> below = new TreeMap<>();
      Set<String> whole = new HashSet<>();
      for (String path : paths) {
        int slash = path.indexOf('/');
        if (slash < 0) {
          whole.add(path);
        } else {
          below
              .computeIfAbsent(path.substring(0, slash), n -> new ArrayList<>())
              .add(path.substring(slash + 1));
        }
      }
      whole.forEach(name -> put(entries, name, theirs.get(name)));
      for (var folder : below.entrySet()) {
        String name = folder.getKey();
        if (whole.contains(name)) {
          continue;
        }
        Entry here = entries.get(name);
        ObjectId made = graft(treeOf(here), treeOf(theirs.get(name)), folder.getValue());
        if (made != null) {
          entries.put(name, new Entry(FileMode.TREE, made));
        } else if (treeOf(here) != null) {
          entries.remove(name);
        }
      }
      return entries.isEmpty() ? null : inserter.insert(formatted(entries));
    }

    private static void put(Map<String, Entry> entries, String name, @Nullable Entry entry) {
      if (entry == null) {
        entries.remove(name);
      } else {
        entries.put(name, entry);
      }
    }

    private static @Nullable ObjectId treeOf(@Nullable Entry entry) {
      return entry != null && entry.mode().equals(FileMode.TREE) ? entry.id() : null;
    }

    private Map<String, Entry> entries(@Nullable ObjectId tree) throws IOException {
      var entries = new LinkedHashMap<String, Entry>();
      if (tree == null) {
        return entries;
      }
      var parser = new CanonicalTreeParser(null, reader, tree);
      for (; !parser.eof(); parser.next()) {
        byte[] name = new byte[parser.getNameLength()];
        parser.getName(name, 0);
        entries.put(
            new String(name, StandardCharsets.ISO_8859_1),
            new Entry(parser.getEntryFileMode(), parser.getEntryObjectId()));
      }
      return entries;
    }

    private static TreeFormatter formatted(Map<String, Entry> entries) {
      var formatter = new TreeFormatter();
      entries.entrySet().stream()
          .sorted(Comparator.comparing(e -> sortName(e.getKey(), e.getValue())))
          .forEach(e ->
              formatter.append(
                  e.getKey().getBytes(StandardCharsets.ISO_8859_1),
                  e.getValue().mode(),
                  e.getValue().id()));
      return formatter;
    }

    /** Git sorts a folder as if its name ended in a slash. */
    private static String sortName(String name, Entry entry) {
      return entry.mode().equals(FileMode.TREE) ? name + "/" : name;
    }
  }
}
