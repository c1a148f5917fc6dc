package io.hyperloop.adapter.agent.anthropic;

import io.hyperloop.adapter.agent.Transcript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The text editor of the Messages API ({@code text_editor_20250728}): view, create, str_replace,
 * insert. It touches plain files inside the work tree only; a link that leads out of it is not
 * followed.
 */
final class EditorTool {
  private static final long FILE_MAX = 8 << 20;
  private static final int VIEW_MAX = 60_000;
  private static final int LIST_MAX = 500;

  private final Path root;

  /**
   * Over a work tree.
   *
   * @throws IOException if it does not exist
   */
  EditorTool(Path workTree) throws IOException {
    this.root = workTree.toRealPath();
  }

  ToolResult run(ToolInput input) throws ToolInput.Unusable {
    String command = input.text("command");
    Path path = confined(input.text("path"));
    try {
      return switch (command) {
        case "view" -> view(path, input);
        case "create" -> create(path, input.text("file_text"));
        case "str_replace" ->
            replace(path, input.text("old_str"), input.optionalText("new_str").orElse(""));
        case "insert" -> insert(path, input);
        default -> ToolResult.error("no such command: " + command);
      };
    } catch (CharacterCodingException e) {
      return ToolResult.error("not a text file in UTF-8: " + path);
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      return ToolResult.error("cannot be done: " + path + ": " + reason);
    } catch (IOException e) {
      return ToolResult.error("cannot be done: " + path + ": " + e.getMessage());
    }
  }

  /** The place that a path of the model's means, if that is in the work tree. */
  private Path confined(String text) throws ToolInput.Unusable {
    try {
      Path path = root.resolve(text).normalize();
      Path existing = path;
      while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
        existing = parent(existing);
      }
      Path real = existing.toRealPath();
      if (!path.startsWith(root) || !real.startsWith(root)) {
        throw new ToolInput.Unusable("outside of the work tree " + root + ": " + text);
      }
      if (path.startsWith(root.resolve(".git")) || real.startsWith(root.resolve(".git"))) {
        throw new ToolInput.Unusable("git's own files are not to be edited: " + text);
      }
      return real.resolve(existing.relativize(path)).normalize();
    } catch (InvalidPathException | IOException e) {
      throw new ToolInput.Unusable("not a path in the work tree: " + text);
    }
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("nothing of it exists");
    }
    return parent;
  }

  private ToolResult view(Path path, ToolInput input) throws IOException, ToolInput.Unusable {
    if (Files.isDirectory(path)) {
      return ToolResult.ok(listing(path));
    }
    List<String> lines = lines(read(path));
    int[] range = input.range("view_range").orElse(new int[] {1, -1});
    int last = range[1] == -1 ? lines.size() : Math.min(range[1], lines.size());
    if (range[0] < 1 || (range[0] > last && !lines.isEmpty())) {
      return ToolResult.error("the file has " + lines.size() + " lines");
    }
    var view = new StringBuilder();
    for (int i = range[0]; i <= last; i++) {
      view.append(String.format(Locale.ROOT, "%6d\t%s%n", i, lines.get(i - 1)));
      if (view.length() > VIEW_MAX) {
        view.append("[cut here; ask for a range from line ").append(i + 1).append(" on]\n");
        break;
      }
    }
    return ToolResult.ok(view.isEmpty() ? "[empty file]" : Transcript.printable(view.toString()));
  }

  private String listing(Path folder) throws IOException {
    var names = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder, 2)) {
      files
          .filter(file -> !file.equals(folder))
          .map(folder::relativize)
          .filter(file -> !file.getName(0).toString().startsWith("."))
          .limit(LIST_MAX)
          .forEach(file ->
              names.add(
                  Files.isDirectory(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)
                      ? file + "/"
                      : file.toString()));
    } catch (java.io.UncheckedIOException e) {
      names.add("[some of it cannot be read]");
    }
    names.sort(null);
    return names.isEmpty() ? "[empty directory]" : String.join("\n", names);
  }

  private static ToolResult create(Path path, String text) throws IOException {
    if (Files.isDirectory(path)) {
      return ToolResult.error("is a directory: " + path);
    }
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return ToolResult.ok("written: " + path);
  }

  private static ToolResult replace(Path path, String from, String to) throws IOException {
    if (from.isEmpty()) {
      return ToolResult.error("old_str is empty");
    }
    String text = read(path);
    int first = text.indexOf(from);
    if (first < 0) {
      return ToolResult.error("old_str does not occur in " + path);
    }
    if (text.indexOf(from, first + 1) >= 0) {
      return ToolResult.error("old_str occurs more than once in " + path + "; add context");
    }
    Files.writeString(path, text.substring(0, first) + to + text.substring(first + from.length()));
    return ToolResult.ok("replaced in " + path);
  }

  private static ToolResult insert(Path path, ToolInput input)
      throws IOException, ToolInput.Unusable {
    String text = read(path);
    String added =
        input.optionalText("insert_text").isPresent()
            ? input.text("insert_text")
            : input.text("new_str");
    int line = input.number("insert_line");
    int at = 0;
    for (int i = 0; i < line; i++) {
      int end = text.indexOf('\n', at);
      if (end < 0 && at >= text.length()) {
        return ToolResult.error("the file has " + i + " lines");
      }
      at = end < 0 ? text.length() : end + 1;
    }
    String before = text.substring(0, at);
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    String end = added.endsWith("\n") || at == text.length() ? "" : "\n";
    Files.writeString(path, before + gap + added + end + text.substring(at));
    return ToolResult.ok("inserted in " + path);
  }

  private static String read(Path path) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "not a plain file that exists");
    }
    if (Files.size(path) > FILE_MAX) {
      throw new FileSystemException(path.toString(), null, "larger than 8 MiB; use the shell");
    }
    byte[] bytes = Files.readAllBytes(path);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }
}
