package io.hyperloop.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An earlier path of a spec, in files {@code specs/a.md@<commit> before task-012}.
 *
 * @param commit the version under the earlier path that is word for word the one handled today;
 *     null once the text has changed since
 * @param before tasks of lower numbers that name the earlier path are this spec's; later ones are
 *     of another spec that took the path over
 */
record Former(String path, @Nullable String commit, int before) {
  private static final Pattern FORM =
      Pattern.compile("(.+?)(?:@([0-9a-f]{40}))? before task-([0-9]{1,9})", Pattern.DOTALL);

  /** Reads what {@link #toString()} gave; any other text is a path that was never taken over. */
  static Former parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? new Former(matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)))
        : new Former(text, null, Integer.MAX_VALUE);
  }

  /** The same path once the text has changed. */
  Former ofOtherText() {
    return new Former(path, null, before);
  }

  /** The version that is the one handled today. */
  Optional<SpecRef> version() {
    return Optional.ofNullable(commit).map(c -> new SpecRef(path, c));
  }

  @Override
  public String toString() {
    return before == Integer.MAX_VALUE
        ? path
        : path + (commit == null ? "" : "@" + commit) + " before " + new TaskId(before);
  }
}
