package io.hyperloop.adapter.git;

import java.util.ArrayList;
import java.util.List;

/**
 * A path at which two trees differ.
 *
 * @param path from the root, {@code /} between folders
 * @param oldMode six digits as git writes them; {@link #NONE} where the old tree lacks the path
 * @param newMode likewise for the new tree
 */
record TreeChange(String path, String oldMode, String newMode, String oldId, String newId) {
  static final String NONE = "000000";
  static final String FILE = "100644";
  static final String LINK = "120000";
  static final String NO_ID = "0".repeat(40);

  boolean added() {
    return oldMode.equals(NONE);
  }

  boolean deleted() {
    return newMode.equals(NONE);
  }

  /** Whether the old entry is a file with content of its own, not a link or another repository. */
  boolean wasFile() {
    return oldMode.startsWith("100");
  }

  boolean submodule() {
    return oldMode.equals("160000") || newMode.equals("160000");
  }

  /** What differs between two commits or trees. */
  static List<TreeChange> between(Git git, String old, String next) {
    List<String> fields =
        git.succeed(git.attempt("diff-tree", "-r", "-z", "--raw", "--no-renames", old, next))
            .fields();
    var changes = new ArrayList<TreeChange>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      String[] words = fields.get(i).substring(1).split(" ");
      changes.add(new TreeChange(fields.get(i + 1), words[0], words[1], words[2], words[3]));
    }
    return changes;
  }
}
