package io.hyperloop.port;

import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders on disk, branches in memory: a branch is the files that its last writer left. */
public final class FakeWorkplace implements Workplace {

  /**
   * A version of all files.
   *
   * @param fork where its branch began
   */
  private record Version(String head, Map<String, String> files, String fork) {}

  /** What runs were given, by name. */
  private final Map<String, Map<String, String>> begun = new HashMap<>();

  private final Path folders;
  private final Map<String, Version> versions = new HashMap<>();
  private final Map<String, String> branches = new HashMap<>();
  private final Map<String, Delivery> scripted = new HashMap<>();
  private final List<String> removed = new ArrayList<>();
  private String base;
  private boolean full;

  /** A place whose base branch has a README.md. */
  public FakeWorkplace(Path folders) {
    this.folders = folders;
    this.base = FakeSpecSource.hash("base 0");
    versions.put(base, new Version(base, Map.of("README.md", "sample\n"), base));
  }

  public synchronized String base() {
    return base;
  }

  /** Commits to the base branch; gives the new tip. */
  public synchronized String moveBase() {
    base = FakeSpecSource.hash("base " + versions.size());
    versions.put(base, new Version(base, Map.of("README.md", "sample\n"), base));
    return base;
  }

  /** From now on nothing can be made ready. */
  public synchronized void fillDisk() {
    full = true;
  }

  /** What taking over the run of that name shall give, whatever it left. */
  public synchronized void script(String name, Delivery delivery) {
    scripted.put(name, delivery);
  }

  /** Names of removed runs, in order, each as often as it was removed. */
  public synchronized List<String> removed() {
    return List.copyOf(removed);
  }

  @Override
  public synchronized Path prepare(WorkOrder order) {
    if (full) {
      throw new PortFailure(
          new Problem(
              Problem.Kind.ENVIRONMENT, Problem.Scope.TASK, "the disk is full", "", "empty it"));
    }
    Path folder = folders.resolve(order.key().name());
    delete(folder);
    Version version = version(order);
    begun.put(order.key().name(), version.files());
    version.files().forEach((path, text) -> write(folder.resolve(path), text));
    return folder;
  }

  private Version version(WorkOrder order) {
    WorkOrder.Work work = order.work();
    if (work == null) {
      return version(order.baseTip());
    }
    String stands = branches.get(work.branch());
    if (stands == null || stands.equals(work.discardHead())) {
      branches.put(work.branch(), order.baseTip());
    }
    return version(Objects.requireNonNull(branches.get(work.branch())));
  }

  private Version version(String head) {
    return Objects.requireNonNull(versions.get(head), () -> "no commit " + head);
  }

  @Override
  public synchronized Delivery takeOver(WorkOrder order, String detail) {
    WorkOrder.Work work = order.work();
    Delivery delivery = scripted.get(order.key().name());
    if (delivery != null) {
      return delivery;
    }
    if (!order.writes() || work == null) {
      return new Delivery.ReadOnly();
    }
    Version from = version(order);
    Map<String, String> files = read(folders.resolve(order.key().name()));
    if (!files.equals(from.files())) {
      String head = FakeSpecSource.hash(from.head() + files);
      versions.put(head, new Version(head, files, from.fork()));
      branches.put(work.branch(), head);
    }
    Version now = version(Objects.requireNonNull(branches.get(work.branch())));
    return new Delivery.Taken(
        now.head(),
        !now.files().equals(version(now.fork()).files()),
        !now.files().equals(begun.get(order.key().name())));
  }

  @Override
  public synchronized void remove(WorkOrder order) {
    removed.add(order.key().name());
    delete(folders.resolve(order.key().name()));
  }

  @Override
  public synchronized List<String> sweep(Set<String> known) {
    var swept = new ArrayList<String>();
    for (Path folder : walk(folders)) {
      String name = folder.getFileName().toString();
      if (folders.equals(folder.getParent()) && !known.contains(name)) {
        delete(folder);
        swept.add("removed the work tree of " + name);
      }
    }
    return swept;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> read(Path folder) {
    var files = new TreeMap<String, String>();
    for (Path file : walk(folder)) {
      if (Files.isRegularFile(file)) {
        try {
          files.put(folder.relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  private static void delete(Path folder) {
    walk(folder).stream().sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
  }

  private static List<Path> walk(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
