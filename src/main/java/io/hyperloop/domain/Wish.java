package io.hyperloop.domain;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task's pull request is to be.
 *
 * @param head the commit to be looked at
 * @param labels it bears, besides those of others
 * @param stale labels that were given for another head, and are to be taken off
 * @param ready whether people are to look at it
 * @param notice what they are to be told; null if nothing
 */
public record Wish(
    TaskId task,
    String branch,
    String head,
    String title,
    String body,
    List<String> labels,
    List<String> stale,
    boolean ready,
    @Nullable Notice notice) {
  public Wish {
    labels = List.copyOf(labels);
    stale = List.copyOf(stale);
  }

  /**
   * Something said once.
   *
   * @param key of letters, digits, dots and dashes
   */
  public record Notice(String key, String text) {}

  /**
   * The same for equal wishes, stale labels aside; short, and kept with the task when it has come
   * true.
   */
  public String fingerprint() {
    String content = digest(head, title, body, labels.toString(), "" + ready);
    return notice == null ? content : content + "+" + notice.key();
  }

  /** Whether what came true makes nothing of this one necessary: a notice was enough once. */
  boolean met(@Nullable String published) {
    if (published == null || !stale.isEmpty()) {
      return false;
    }
    String own = fingerprint();
    return published.equals(own) || (notice == null && published.startsWith(own + "+"));
  }

  /** FNV-1a over all characters; nothing but our own earlier wish is ever compared with it. */
  static String digest(String... parts) {
    long hash = 0xcbf29ce484222325L;
    for (String part : parts) {
      for (int i = 0; i <= part.length(); i++) {
        // The end of a part is a character that no text has.
        hash = (hash ^ (i < part.length() ? part.charAt(i) : 0x10000)) * 0x100000001b3L;
      }
    }
    return HexFormat.of().toHexDigits(hash);
  }
}
