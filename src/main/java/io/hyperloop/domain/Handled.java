package io.hyperloop.domain;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer that was given for a spec, and for which text of it.
 *
 * @param blob the text that was answered
 * @param commit the last commit that changed it
 * @param note evidence, reason or question; empty for tasks
 * @param formerly earlier paths, oldest first, each with the number of the first task that is not
 *     the spec's although it names that path: {@code specs/a.md@<commit> before task-012}
 */
public record Handled(
    String blob, String commit, Outcome outcome, String note, List<String> formerly) {

  public Handled {
    formerly = List.copyOf(formerly);
  }

  public Handled(String blob, String commit, Outcome outcome, String note) {
    this(blob, commit, outcome, note, List.of());
  }

  /** Git's word for "no such object": the blob of a spec whose answer does not stand any more. */
  private static final String NOTHING = "0".repeat(40);

  /** An answer for a text of a spec that was answered, or not, before. */
  static Handled answered(
      @Nullable Handled was, String blob, String commit, Outcome outcome, String note) {
    List<Former> formers = was == null ? List.of() : was.formers();
    boolean sameText = was != null && was.blob().equals(blob);
    return new Handled(
        blob,
        commit,
        outcome,
        note,
        formers.stream().map(f -> (sameText ? f : f.ofOtherText()).toString()).toList());
  }

  /** The same text with another answer. */
  Handled with(Outcome other, String why) {
    return new Handled(blob, commit, other, why, formerly);
  }

  /** Handled no longer: the spec is a gap again, whatever its text. */
  Handled reopened() {
    return new Handled(NOTHING, commit, outcome, note, formerly);
  }

  /** Whether a person's answer made it a gap again. */
  boolean isReopened() {
    return blob.equals(NOTHING);
  }

  List<Former> formers() {
    return formerly.stream().map(Former::parse).toList();
  }

  /** All versions that are the text that was answered, where the spec is at that path today. */
  Set<SpecRef> versions(String path) {
    var versions = new LinkedHashSet<SpecRef>();
    versions.add(new SpecRef(path, commit));
    for (Former former : formers()) {
      versions.add(new SpecRef(former.path(), commit));
      former.version().ifPresent(versions::add);
    }
    return versions;
  }

  /** Whether that version is the text that was answered, be it under an earlier path. */
  boolean isOf(SpecRef version) {
    return version.commit().equals(commit)
        || formers().stream().anyMatch(f -> f.version().filter(version::equals).isPresent());
  }

  /** What was answered. */
  public enum Outcome {
    TASKS,
    SATISFIED,
    ACCEPTED,
    DEFERRED,
    QUESTION,
    UNANSWERED,
    REPLANS_SPENT;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Outcome> of(String word) {
      return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
    }

    /** Whether only a person can take it further. */
    public boolean needsHuman() {
      return switch (this) {
        case TASKS, SATISFIED, ACCEPTED -> false;
        case DEFERRED, QUESTION, UNANSWERED, REPLANS_SPENT -> true;
      };
    }
  }
}
