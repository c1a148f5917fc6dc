package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.jspecify.annotations.Nullable;

/**
 * What makes git start programs, or talk to other places, as a repository's own files say.
 *
 * @param entries what each setting or hook is, by where it stands: the file, and for a setting its
 *     name
 */
record GitSettings(Map<Entry, String> entries) {
  private static final long FILE_MAX = 1 << 20;
  private static final int HOOKS_MAX = 1000;

  /** Settings that name programs, places to send to, or files with more of them. */
  private static final Pattern TELLING =
      Pattern.compile(
          "alias\\..*|browser\\..*|gc\\.recentobjectshook|tar\\..*|lfs\\..*|sendemail\\..*|imap\\..*"
              + "|branch\\..*pushremote|remote\\.pushdefault|submodule\\..*url|core\\.alternaterefs.*"
              + "|credential\\..*|diff\\..*(command|external|textconv)"
              + "|difftool\\..*|filter\\..*|gpg\\..*|include(if)?\\..*|merge\\..*driver"
              + "|mergetool\\..*|man\\..*|pager\\..*|protocol\\..*|submodule\\..*update"
              + "|remote\\..*(url|uploadpack|receivepack|vcs|proxy)|trailer\\..*|url\\..*"
              + "|core\\.(askpass|attributesfile|editor|excludesfile|fsmonitor|gitproxy|hookspath"
              + "|pager|sshcommand|worktree)|interactive\\.difffilter|sequence\\.editor"
              + "|uploadpack\\.packobjectshook|http\\..*|ssh\\.variant");

  /**
   * Where a setting or hook stands.
   *
   * @param name of the setting; empty for a file as a whole
   */
  record Entry(Path file, String name) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int files = file.compareTo(other.file);
      return files != 0 ? files : name.compareTo(other.name);
    }

    @Override
    public String toString() {
      return name.isEmpty() ? file.toString() : name + " in " + file;
    }
  }

  GitSettings {
    entries = Map.copyOf(entries);
  }

  /** Those of a repository now; what cannot be read counts as a setting of its own. */
  static GitSettings of(Repository repository) {
    var entries = new TreeMap<Entry, String>();
    settings(config(repository), entries);
    settings(worktreeConfig(repository), entries);
    whole(attributes(repository), entries);
    hooks(repository).forEach(hook -> whole(hook, entries));
    return new GitSettings(entries);
  }

  /** As long as these are the same, so are the settings: cheaper than reading them. */
  static List<String> stamps(Repository repository) {
    var files = new TreeMap<Entry, String>();
    whole(config(repository), files);
    whole(worktreeConfig(repository), files);
    whole(attributes(repository), files);
    hooks(repository).forEach(hook -> whole(hook, files));
    return files.entrySet().stream().map(file -> file.getKey() + " " + file.getValue()).toList();
  }

  private static Path config(Repository repository) {
    return repository.commonDirectory().resolve("config");
  }

  private static Path worktreeConfig(Repository repository) {
    return repository.commonDirectory().resolve("config.worktree");
  }

  private static Path attributes(Repository repository) {
    return repository.commonDirectory().resolve("info").resolve("attributes");
  }

  /** What is new or different here, in a fixed order. */
  List<Entry> since(GitSettings before) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.entries.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static void settings(Path file, Map<Entry, String> to) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var config = new Config();
    try {
      config.fromText(Worktrees.read(file, FILE_MAX).orElseThrow(() -> new IOException("odd")));
    } catch (ConfigInvalidException | IOException | IllegalArgumentException e) {
      to.put(new Entry(file, ""), "cannot be read");
      return;
    }
    for (String section : config.getSections()) {
      add(config, file, section, null, to);
      for (String subsection : config.getSubsections(section)) {
        add(config, file, section, subsection, to);
      }
    }
  }

  private static void add(
      Config config,
      Path file,
      String section,
      @Nullable String subsection,
      Map<Entry, String> to) {
    for (String name : config.getNames(section, subsection)) {
      String key = section + "." + (subsection == null ? "" : subsection + ".") + name;
      if (TELLING.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
        String[] values = config.getStringList(section, subsection, name);
        to.put(new Entry(file, key), Arrays.toString(values));
      }
    }
  }

  private static List<Path> hooks(Repository repository) {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> hooks =
        Files.newDirectoryStream(repository.commonDirectory().resolve("hooks"))) {
      for (Path hook : hooks) {
        if (!hook.toString().endsWith(".sample") && found.size() < HOOKS_MAX) {
          found.add(hook);
        }
      }
    } catch (IOException e) {
      // No folder, no hooks.
    }
    return found;
  }

  /** A file by its size and time: what it says does not matter, that it changed does. */
  private static void whole(Path file, Map<Entry, String> to) {
    try {
      // The time of the last change of any kind, which nobody can set.
      Map<String, Object> is =
          Files.readAttributes(file, "unix:size,ino,mode,ctime", LinkOption.NOFOLLOW_LINKS);
      to.put(new Entry(file, ""), new TreeMap<>(is).toString());
    } catch (IOException e) {
      // Gone: then git does nothing with it.
    }
  }
}
