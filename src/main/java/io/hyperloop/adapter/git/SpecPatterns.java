package io.hyperloop.adapter.git;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which files are specs: globs over paths from the repository's root. {@code **} stands for any
 * number of folders, none included, {@code *} and {@code ?} stay within one name, {@code !} before
 * a glob takes away what it matches. The last glob that matches decides.
 */
public final class SpecPatterns {
  private final List<Glob> globs;
  private final SortedSet<String> roots = new TreeSet<>();

  private record Glob(boolean takes, Pattern pattern) {}

  public SpecPatterns(List<String> patterns) {
    globs = new ArrayList<>();
    for (String text : patterns) {
      boolean takes = !text.startsWith("!");
      String glob = takes ? text : text.substring(1);
      glob = glob.startsWith("./") ? glob.substring(2) : glob;
      globs.add(new Glob(takes, Pattern.compile(regex(glob), Pattern.DOTALL)));
      if (takes) {
        roots.add(root(glob));
      }
    }
  }

  /** Whether the file at a path is a spec, as far as its path tells. */
  public boolean matches(String path) {
    boolean spec = false;
    for (Glob glob : globs) {
      if (spec != glob.takes() && glob.pattern().matcher(path).matches()) {
        spec = glob.takes();
      }
    }
    return spec;
  }

  /** The folders, or single files, below which all specs are; an empty one is the root. */
  List<String> roots() {
    return List.copyOf(roots);
  }

  /** The part of a glob before its first folder or name that has a wildcard. */
  private static String root(String glob) {
    int wild = 0;
    while (wild < glob.length() && "*?[".indexOf(glob.charAt(wild)) < 0) {
      wild++;
    }
    if (wild == glob.length()) {
      return glob;
    }
    int slash = glob.lastIndexOf('/', wild);
    return slash < 0 ? "" : glob.substring(0, slash);
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
        regex.append("(?:[^/]+/)*");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        set = set.replace("&", "\\&").replace("^", "\\^");
        regex.append("(?!/)[").append(set.startsWith("!") ? "^" + set.substring(1) : set);
        regex.append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
