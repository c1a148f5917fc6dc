package io.hyperloop.config;

import java.util.regex.Pattern;

/** Which names git and the file system take. */
final class Names {
  private static final Pattern NOT_IN_BRANCHES =
      Pattern.compile(
          "[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|^[-/]|[/.]$|(^|/)\\.|\\.lock(/|$)|^@$");

  /** As in the shipped schema. */
  static final String REPOSITORY =
      "^[A-Za-z0-9][A-Za-z0-9_-]{0,38}/(?!\\.{1,2}$)(?!.*\\.git$)[A-Za-z0-9._-]{1,100}$";

  private static final Pattern REPOSITORIES = Pattern.compile(REPOSITORY);

  private Names() {}

  /** Whether git takes it as the name of a branch; see git-check-ref-format(1). */
  static boolean branch(String name) {
    return !name.isEmpty() && !NOT_IN_BRANCHES.matcher(name).find();
  }

  /**
   * Whether GitHub may have a repository of that name, {@code owner/repo}. The owner's underscore
   * is that of a managed user.
   */
  static boolean repository(String name) {
    return REPOSITORIES.matcher(name).matches();
  }

  /** Whether an agent, gate, action or step may be called that. */
  static boolean template(String name) {
    return name.matches("[a-z0-9][a-z0-9-]{0,62}");
  }

  /** Whether it stays inside of the directory that it is relative to, and out of {@code .git}. */
  static boolean inside(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.indexOf('\0') >= 0) {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || part.equalsIgnoreCase(".git")) {
        return false;
      }
    }
    return true;
  }
}
