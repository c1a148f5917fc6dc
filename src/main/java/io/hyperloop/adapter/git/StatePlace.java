package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the state is kept; in either place as files under {@code .hyperloop/state/}. */
public sealed interface StatePlace {
  /** The branch looked at when none is configured. */
  String DEFAULT_BRANCH = "hyperloop/state";

  /** On the base branch. */
  record Trunk() implements StatePlace {}

  /** On a branch of its own, without a common ancestor. */
  record Branch(String name) implements StatePlace {}

  /**
   * Where the state is, or, if there is none yet, where it is to be.
   *
   * @param base the base branch's name
   * @param configured the value of {@code state_branch}; null keeps state on the base branch
   * @param apart whether, with neither a setting nor any state, it is to be on a branch of its own
   * @throws PortFailure of kind USER if there is state in both places
   */
  static StatePlace of(
      Repository repository, String base, @Nullable String configured, boolean apart) {
    var objects = new ObjectStore(repository);
    String name = configured == null ? DEFAULT_BRANCH : configured;
    boolean onTrunk = hasState(objects, objects.ref("refs/heads/" + base));
    boolean onBranch = hasState(objects, tip(repository, objects, base, name));
    if (onTrunk && onBranch) {
      throw new PortFailure(
          Problem.user(
              "there is state in two places, and only one can be the truth",
              base + ":" + StateTree.FOLDER + " and the branch " + name,
              "compare them with: git diff "
                  + base
                  + " "
                  + name
                  + " -- "
                  + StateTree.FOLDER
                  + "\nthen delete the outdated one"));
    }
    if (onTrunk || (configured == null && !onBranch && !apart)) {
      return new Trunk();
    }
    return new Branch(name);
  }

  /** The state branch's tip: where it stands here, or in a fresh clone at the remote; or null. */
  static @Nullable String tip(
      Repository repository, ObjectStore objects, String base, String name) {
    String here = objects.ref("refs/heads/" + name);
    String remote = here == null ? BranchSync.remote(repository.git(), base) : null;
    return remote == null ? here : objects.ref("refs/remotes/" + remote + "/" + name);
  }

  private static boolean hasState(ObjectStore objects, @Nullable String tip) {
    String id = tip == null ? null : StateTree.id(objects, tip);
    return id != null && holdsFile(objects, id);
  }

  /** Placeholders that keep empty folders are no state. */
  private static boolean holdsFile(ObjectStore objects, String tree) {
    for (Map.Entry<String, Tree.Entry> entry : Tree.parse(objects.read(tree)).entries()) {
      boolean holds =
          entry.getValue().folder()
              ? holdsFile(objects, entry.getValue().id())
              : !entry.getKey().equals(".gitkeep");
      if (holds) {
        return true;
      }
    }
    return false;
  }
}
