package io.hyperloop.adapter.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/**
 * The specs in a tree. Symbolic links, submodules and names that are not UTF-8 are none, and
 * neither is a file whose front matter says {@code hyperloop: ignore}.
 */
final class SpecTree {
  /** Front matter is looked for in this much of a file. */
  private static final int FRONT_MATTER_MAX = 8 << 10;

  private static final Pattern FENCE = Pattern.compile("---[ \t]*");
  private static final Pattern IGNORE =
      Pattern.compile("hyperloop[ \t]*:[ \t]+[\"']?ignore[\"']?[ \t]*(#.*)?");

  private final ObjectDatabase objects;
  private final SpecPatterns patterns;

  /** By blob, for those seen in the last tree only. */
  private Map<ObjectId, Boolean> ignored = new HashMap<>();

  SpecTree(ObjectDatabase objects, SpecPatterns patterns) {
    this.objects = objects;
    this.patterns = patterns;
  }

  /** Equal for two trees if all that may be a spec is the same in both; reads no blob. */
  List<ObjectId> fingerprint(ObjectId tree) {
    var trees = new Trees(objects);
    var fingerprint = new ArrayList<ObjectId>();
    for (String root : patterns.roots()) {
      fingerprint.add(
          root.isEmpty()
              ? tree
              : trees.entry(tree, root).map(Trees.Entry::id).orElse(ObjectId.zeroId()));
    }
    return fingerprint;
  }

  /** Blobs by path. */
  SortedMap<String, ObjectId> read(ObjectId tree) {
    return objects.reading(() -> {
      var specs = new TreeMap<String, ObjectId>();
      var seen = new HashMap<ObjectId, Boolean>();
      try (ObjectReader reader = objects.jgit().newObjectReader();
          var walk = new TreeWalk(objects.jgit(), reader)) {
        walk.setRecursive(true);
        if (patterns.roots().isEmpty()) {
          return specs;
        }
        if (!patterns.roots().contains("")) {
          walk.setFilter(PathFilterGroup.createFromStrings(patterns.roots()));
        }
        walk.addTree(tree);
        while (walk.next()) {
          String path = walk.getPathString();
          if (Refs.isFile(walk.getFileMode(0))
              && patterns.matches(path)
              && utf8(walk.getRawPath())) {
            ObjectId blob = walk.getObjectId(0);
            if (!ignores(reader, blob, seen)) {
              specs.put(path, blob);
            }
          }
        }
      }
      ignored = seen;
      return specs;
    });
  }

  private boolean ignores(ObjectReader reader, ObjectId blob, Map<ObjectId, Boolean> seen)
      throws IOException {
    Boolean known = ignored.get(blob);
    boolean ignores = known == null ? ignores(start(reader, blob)) : known;
    seen.put(blob, ignores);
    return ignores;
  }

  private static String start(ObjectReader reader, ObjectId blob) throws IOException {
    try (InputStream text = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
      return new String(text.readNBytes(FRONT_MATTER_MAX), StandardCharsets.UTF_8);
    }
  }

  private static boolean ignores(String start) {
    List<String> lines = (start.startsWith("\uFEFF") ? start.substring(1) : start).lines().toList();
    if (lines.isEmpty() || !FENCE.matcher(lines.getFirst()).matches()) {
      return false;
    }
    boolean ignores = false;
    for (String line : lines.subList(1, lines.size())) {
      if (FENCE.matcher(line).matches()) {
        return ignores;
      }
      ignores |= IGNORE.matcher(line).matches();
    }
    return false;
  }

  private static boolean utf8(byte[] name) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
