package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import org.jspecify.annotations.Nullable;

/** The state's folder within commits. */
final class StateTree {
  private static final String OUTER = ".hyperloop";
  private static final String INNER = "state";
  static final String FOLDER = OUTER + "/" + INNER;

  private StateTree() {}

  /** The object id of the state's folder in a commit; null if it has none. */
  static @Nullable String id(ObjectStore objects, String commit) {
    Tree root = Tree.parse(objects.read(objects.treeOf(commit)));
    Tree.Entry outer = root.entry(OUTER);
    if (outer == null || !outer.folder()) {
      return null;
    }
    Tree.Entry inner = Tree.parse(objects.read(outer.id())).entry(INNER);
    if (inner != null && !inner.folder()) {
      throw inTheWay(FOLDER);
    }
    return inner == null ? null : inner.id();
  }

  /**
   * A commit's tree with another state in it.
   *
   * @param commit null for a tree that holds nothing else
   * @return the id of the tree
   */
  static String with(ObjectStore objects, @Nullable String commit, String state) {
    Tree root = root(objects, commit);
    Tree.Entry outer = root.entry(OUTER);
    if (outer != null && !outer.folder()) {
      throw inTheWay(OUTER);
    }
    Tree folder = outer == null ? Tree.EMPTY : Tree.parse(objects.read(outer.id()));
    Tree next = folder.with(INNER, new Tree.Entry(Tree.FOLDER, state));
    String id = objects.insertTree(next.content());
    return objects.insertTree(root.with(OUTER, new Tree.Entry(Tree.FOLDER, id)).content());
  }

  /** Whether a commit changes the state and nothing else; a first commit has no parent. */
  static boolean onlyChange(ObjectStore objects, @Nullable String parent, String commit) {
    Tree before = root(objects, parent);
    Tree after = root(objects, commit);
    return Tree.sameBut(OUTER, before, after)
        && Tree.sameBut(INNER, outer(objects, before), outer(objects, after));
  }

  private static PortFailure inTheWay(String path) {
    return new PortFailure(
        Problem.user(
            path + " is a file where hyperloop keeps a folder", path, "rename it and commit that"));
  }

  private static Tree root(ObjectStore objects, @Nullable String commit) {
    return commit == null ? Tree.EMPTY : Tree.parse(objects.read(objects.treeOf(commit)));
  }

  private static Tree outer(ObjectStore objects, Tree root) {
    Tree.Entry outer = root.entry(OUTER);
    return outer == null || !outer.folder() ? Tree.EMPTY : Tree.parse(objects.read(outer.id()));
  }
}
