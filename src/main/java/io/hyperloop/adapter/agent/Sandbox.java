package io.hyperloop.adapter.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps the programs that are started for workers from what is none of theirs. */
@FunctionalInterface
public interface Sandbox {
  /** Programs do what we may do. */
  Sandbox NONE = place -> Cell.OPEN;

  /**
   * Makes a worker's cell. To be asked before anything of the worker's runs, since afterwards its
   * work tree can no longer be believed.
   *
   * @throws io.hyperloop.port.PortFailure if the place is not what it should be
   */
  Cell cell(Place place);

  /**
   * What a worker works with.
   *
   * @param workTree where it works; read and written
   * @param folders of its run alone; read and written
   * @param own files and folders of its program, that need not exist; read and written
   * @param settings of its program, that need not exist; only read, also where they lie in those
   */
  record Place(Path workTree, Set<Path> folders, Set<Path> own, Set<Path> settings) {
    /** Of a program with nothing of its own. */
    public Place(Path workTree, Set<Path> folders) {
      this(workTree, folders, Set.of(), Set.of());
    }

    public Place {
      folders = Set.copyOf(folders);
      own = Set.copyOf(own);
      settings = Set.copyOf(settings);
    }
  }

  /**
   * Where a worker's programs are started: each in confines of its own, made alike.
   *
   * @param before the words that, put before a command, confine it; none if nothing does
   */
  record Cell(List<String> before) {
    /** Nothing is kept from a program. */
    public static final Cell OPEN = new Cell(List.of());

    public Cell {
      before = List.copyOf(before);
    }

    /** The command that starts a command in here. */
    public List<String> command(List<String> command) {
      var whole = new ArrayList<String>(before);
      whole.addAll(command);
      return whole;
    }

    boolean closed() {
      return !before.isEmpty();
    }
  }
}
