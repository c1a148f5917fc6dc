package io.hyperloop.port;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import java.util.Map;

/** The specs as committed on the base branch. */
public interface SpecSource {

  /**
   * The commit at the tip of the base branch.
   *
   * @throws PortFailure if the branch is gone
   */
  String tip();

  /**
   * The specs at a commit of the base branch, by path. The commit of a spec is looked up only where
   * {@code handled} has another blob for its path.
   */
  Map<String, Spec> at(String tip, Map<String, Handled> handled);

  /**
   * A spec's text at its version, at most 1 MiB of it.
   *
   * @throws PortFailure if the version is gone or larger
   */
  String text(SpecRef version);

  /** What changed from one version to another, as a unified diff. */
  String diff(SpecRef from, SpecRef to);

  /** Keeps a version from being garbage collected, for as long as the repository lives. */
  void pin(SpecRef version);

  /** Calls back when the tip may have moved, from any thread; cheap and free of promises. */
  void onChange(Runnable wake);
}
