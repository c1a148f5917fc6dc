package io.hyperloop.adapter.kustomize;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An overlay with the base that stands beside it, as files, on the way to a playbook.
 *
 * @param overlay a folder of the repository
 * @param files overlay and base by path from the repository's root
 */
record Composition(String overlay, SortedMap<String, byte[]> files) {

  /**
   * Composes.
   *
   * <p>What {@code init} wrote needs no build: its result is the shipped base. A test holds that
   * kustomize agrees.
   *
   * @param program nothing if neither kustomize nor kubectl was found
   * @param pullRequests whether work goes through pull requests
   */
  Playbook playbook(Optional<KustomizeProgram> program, boolean pullRequests) {
    Layout layout = new Layout(overlay, null);
    if (pristine(layout)) {
      return PlaybookReader.shipped(processFile(), pullRequests);
    }
    KustomizeProgram kustomize =
        program.orElseThrow(() ->
            new PortFailure(
                Problem.environment(
                    "neither kustomize nor kubectl is found, and the overlay is no longer what"
                        + " init wrote, so it has to be built",
                    layout.folder(),
                    KustomizeProgram.INSTALL)));
    Path folder = temporary();
    try {
      write(folder);
      String built =
          kustomize.build(folder, folder.resolve(layout.folder()).toString(), layout.folder());
      return PlaybookReader.read(
          "the build of " + layout.folder(), built, processFile(), text(), pullRequests);
    } finally {
      remove(folder);
    }
  }

  /** A remote overlay's playbook; fetched anew each time. */
  static Playbook remote(
      String reference, Optional<KustomizeProgram> program, boolean pullRequests) {
    KustomizeProgram kustomize =
        program.orElseThrow(() ->
            new PortFailure(
                Problem.environment(
                    "neither kustomize nor kubectl is found, and the overlay is a remote one",
                    reference,
                    KustomizeProgram.INSTALL)));
    Path folder = temporary();
    try {
      String built = kustomize.build(folder, reference, reference);
      return PlaybookReader.read(
          "the build of " + reference, built, "process.yaml", "", pullRequests);
    } finally {
      remove(folder);
    }
  }

  private boolean pristine(Layout layout) {
    Map<String, byte[]> written = layout.composition();
    return written.keySet().equals(files.keySet())
        && written.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), files.get(file.getKey())));
  }

  private String processFile() {
    return new Layout(overlay, null).folder() + "/" + Layout.PROCESS;
  }

  private String text() {
    byte[] content = files.get(processFile());
    return content == null ? "" : new String(content, StandardCharsets.UTF_8);
  }

  private void write(Path folder) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey()).normalize();
        if (!target.startsWith(folder)) {
          throw new IllegalStateException(file.getKey() + " leads out of its folder");
        }
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Overlay and base as they stand in a work tree. */
  static Composition onDisk(Path top, String overlay) {
    var files = new TreeMap<String, byte[]>();
    for (String folder : List.of(new Layout(overlay, null).folder(), Layout.BASE)) {
      if (!Files.isDirectory(top.resolve(folder))) {
        continue;
      }
      try (Stream<Path> found = Files.walk(top.resolve(folder), 16)) {
        for (Path file :
            found
                .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                .limit(1000)
                .toList()) {
          files.put(top.relativize(file).toString(), Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new PortFailure(
            Problem.environment("cannot be read: " + e.getMessage(), folder, "look at its files"),
            e);
      }
    }
    return new Composition(overlay, files);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("hyperloop-overlay-").toRealPath();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static PortFailure unwritable(IOException e) {
    return new PortFailure(
        Problem.environment(
            "the overlay cannot be laid out for kustomize: " + e.getMessage(),
            System.getProperty("java.io.tmpdir", ""),
            "make room there, or name another place with TMPDIR"),
        e);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Left in the temporary folder, where the system tidies up.
    }
  }
}
