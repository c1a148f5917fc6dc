package io.hyperloop.adapter.state;

/**
 * A Markdown file with YAML between two lines of three dashes at its top.
 *
 * @param yaml the lines between the dashes; the first of them is line {@link #FIRST_LINE}
 * @param closing the line of dashes that ends them, as written
 * @param body what follows, without the blank line before it and the line break after it
 */
record FrontMatter(String yaml, String closing, String body) {
  static final int FIRST_LINE = 2;

  /** What an agent reports is at most 1 MiB, and may grow when it is quoted. */
  private static final int SIZE_MAX = 4 << 20;

  /**
   * Takes a file apart.
   *
   * @throws io.hyperloop.port.PortFailure of kind USER if it has no front matter
   */
  static FrontMatter parse(String file, String text) {
    if (text.length() > SIZE_MAX) {
      throw Yaml.wrong(file, 1, "larger than " + (SIZE_MAX >> 20) + " MiB");
    }
    int from = lineEnd(text, 0);
    if (!dashes(text, 0, from)) {
      throw Yaml.wrong(file, 1, "must begin with a line of three dashes");
    }
    for (int at = from; at < text.length(); ) {
      int end = lineEnd(text, at);
      if (dashes(text, at, end)) {
        return new FrontMatter(
            text.substring(from, at), text.substring(at, end), body(text.substring(end)));
      }
      at = end;
    }
    throw Yaml.wrong(file, 1, "the front matter is not ended by a line of three dashes");
  }

  static String write(String yaml, String body) {
    return join("---\n", yaml, "---\n", body);
  }

  /** The same file with other lines between the dashes. */
  String with(String original, String newYaml, String newBody) {
    String opening = original.substring(0, lineEnd(original, 0));
    if (newBody.equals(body)) {
      int rest = opening.length() + yaml.length();
      return opening + newYaml + original.substring(rest);
    }
    return join(opening, newYaml, closing, newBody);
  }

  private static String join(String opening, String yaml, String closing, String body) {
    return opening + yaml + closing + (body.isEmpty() ? "" : "\n" + body + "\n");
  }

  private static String body(String rest) {
    int from = rest.startsWith("\r\n") ? 2 : rest.startsWith("\n") ? 1 : 0;
    int to = rest.endsWith("\r\n") ? rest.length() - 2 : rest.length();
    to = to == rest.length() && rest.endsWith("\n") ? to - 1 : to;
    return from < to ? rest.substring(from, to) : "";
  }

  private static boolean dashes(String text, int from, int to) {
    return text.startsWith("---", from) && text.substring(from + 3, to).isBlank();
  }

  private static int lineEnd(String text, int from) {
    int at = text.indexOf('\n', from);
    return at < 0 ? text.length() : at + 1;
  }
}
