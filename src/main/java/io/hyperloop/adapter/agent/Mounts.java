package io.hyperloop.adapter.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is seen at which path, as arguments of bwrap(1). Of two paths the deeper one wins, whichever
 * was said first; of two words on one path the later.
 */
final class Mounts {
  private final Map<Path, List<String>> mounts = new LinkedHashMap<>();

  /** An empty folder, or an unreadable file, in place of what is there. Nothing if nothing is. */
  void hide(Path path) {
    Path real = real(path);
    if (Files.isDirectory(real)) {
      mounts.put(real, List.of("--tmpfs", real.toString()));
    } else if (Files.exists(real)) {
      mounts.put(real, List.of("--ro-bind", "/dev/null", real.toString()));
    }
  }

  /** As it is, to be read. */
  void show(Path path) {
    bind("--ro-bind", real(path));
  }

  /** As it is, to be read, if it exists still when a program starts. */
  void showIfThere(Path at) {
    mounts.put(at, List.of("--ro-bind-try", at.toString(), at.toString()));
  }

  /** As it is, to be read and written. */
  void open(Path path) {
    bind("--bind", real(path));
  }

  /** As it is, to be read and written, at that very name; nothing if nothing is there. */
  void openIfThere(Path at) {
    mounts.put(at, List.of("--bind-try", at.toString(), at.toString()));
  }

  /** A link, whether or not there is anything where it leads. */
  void link(Path at, Path to) {
    mounts.put(at, List.of("--symlink", to.toString(), at.toString()));
  }

  private void bind(String how, Path real) {
    mounts.put(real, List.of(how, real.toString(), real.toString()));
  }

  List<String> arguments() {
    var arguments = new ArrayList<String>();
    mounts.entrySet().stream()
        .sorted(Comparator.comparingInt(mount -> mount.getKey().getNameCount()))
        .forEach(mount -> arguments.addAll(mount.getValue()));
    return arguments;
  }

  /** Without links; as it stands where it cannot be told. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
