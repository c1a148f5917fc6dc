package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox of Linux namespaces, made by bwrap(1): the file system read-only but for the worker's
 * own, what holds credentials or is others' not seen at all, processes of its own that end with the
 * command and with us.
 */
public final class Bubblewrap implements Sandbox {
  private static final Duration TRIAL_LIMIT = Duration.ofSeconds(10);
  private static final int TOLD_MAX = 300;
  private static final int FILE_MAX = 4 << 10;

  /** Where sockets and the temporary files of others live. */
  private static final List<String> SHARED = List.of("/tmp", "/var/tmp", "/run", "/var/run");

  /** What name resolution needs of them. */
  private static final List<String> NAMES =
      List.of("/run/systemd/resolve", "/run/resolvconf", "/run/nscd", "/run/netconfig");

  /** Variables that name what must not be seen wherever it is. */
  private static final List<String> SECRET_PLACES =
      List.of(
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AZURE_CONFIG_DIR",
          "CLOUDSDK_CONFIG",
          "DOCKER_CONFIG",
          "GH_CONFIG_DIR",
          "GNUPGHOME",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "KUBECONFIG",
          "NETRC",
          "NPM_CONFIG_USERCONFIG",
          "SSH_AUTH_SOCK",
          "XDG_CONFIG_HOME",
          "XDG_RUNTIME_DIR");

  private final Path program;
  private final Machine machine;
  private final boolean network;
  private final List<Path> writable;

  /**
   * What it is to be cut off from.
   *
   * @param stateDirectory of the repository, outside of it
   * @param commonDirectory git's, of the repository; null if there is none
   * @param homes folders that hold people's credentials
   * @param environment our own
   */
  public record Machine(
      Path stateDirectory,
      @Nullable Path commonDirectory,
      Set<Path> homes,
      Map<String, String> environment) {
    public Machine {
      homes = Set.copyOf(homes);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * With the program as found.
   *
   * @param network whether programs reach it
   * @param writable what they may write to besides
   */
  public Bubblewrap(Path program, Machine machine, boolean network, List<Path> writable) {
    this.program = program;
    this.machine = machine;
    this.network = network;
    this.writable = writable.stream().map(Mounts::real).toList();
  }

  /** The program, if PATH leads to it. */
  public static Optional<Path> find(Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (folder.startsWith("/") && Files.isExecutable(Path.of(folder, "bwrap"))) {
        return Optional.of(Path.of(folder, "bwrap"));
      }
    }
    return Optional.empty();
  }

  /** The same, for programs that need the network whatever the workers' do. */
  public Bubblewrap withNetwork() {
    return new Bubblewrap(program, machine, true, writable);
  }

  /** Starts a program that does nothing: why that fails, in words; empty if it does not. */
  public String trial() {
    try {
      Path place = Files.createDirectories(machine.stateDirectory().resolve("sandbox"));
      var builder =
          new ProcessBuilder(cell(new Place(place, Set.of())).command(List.of("true")))
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"));
      Process process = ProcessStarter.start(builder);
      try (var output = process.getInputStream()) {
        if (!process.waitFor(TRIAL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return program + " does not end";
        }
        String said = new String(output.readNBytes(TOLD_MAX), StandardCharsets.UTF_8).strip();
        return process.exitValue() == 0 ? "" : said.isEmpty() ? program + " fails" : said;
      }
    } catch (IOException e) {
      return program + " cannot be started: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the trial was interrupted";
    }
  }

  @Override
  public Cell cell(Place place) {
    Path workTree = Mounts.real(place.workTree());
    var arguments = new ArrayList<String>();
    arguments.add(program.toString());
    arguments.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-cgroup-try"));
    if (!network) {
      arguments.add("--unshare-net");
    }
    arguments.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
    arguments.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
    arguments.addAll(mounts(place, workTree).arguments());
    arguments.addAll(List.of("--setenv", "TMPDIR", "/tmp", "--chdir", workTree.toString(), "--"));
    return new Cell(arguments);
  }

  private Mounts mounts(Place place, Path workTree) {
    var mounts = new Mounts();
    SHARED.stream().map(Path::of).forEach(mounts::hide);
    if (network) {
      resolvers().forEach(mounts::show);
    }
    Set<Path> own = new LinkedHashSet<>(writable);
    place.own().stream().map(Bubblewrap::named).forEach(own::add);
    for (Path home : machine.homes()) {
      new Home(Mounts.real(home)).mount(mounts, machine.environment(), own);
    }
    secretPlaces().forEach(mounts::hide);
    own.forEach(mounts::openIfThere);
    place.settings().stream().map(Bubblewrap::named).forEach(mounts::showIfThere);
    Path common = machine.commonDirectory();
    if (common != null) {
      git(mounts, Mounts.real(common), workTree);
    }
    Path state = Mounts.real(machine.stateDirectory());
    Path others = state.getParent();
    if (others != null && others.endsWith("hyperloop")) {
      mounts.hide(others);
    }
    mounts.hide(state);
    mounts.open(workTree);
    place.folders().forEach(mounts::open);
    return mounts;
  }

  /** A file of that name in its real folder: the file itself may be a link, or not be there yet. */
  private static Path named(Path path) {
    Path folder = path.getParent();
    return folder == null ? path : Mounts.real(folder).resolve(path.getFileName());
  }

  private static List<Path> resolvers() {
    var found = new ArrayList<Path>();
    Path file = Mounts.real(Path.of("/etc/resolv.conf"));
    if (file.startsWith("/run")) {
      Path folder = file.getParent();
      found.add(folder == null || folder.equals(Path.of("/run")) ? file : folder);
    }
    NAMES.stream().map(Path::of).filter(Files::exists).forEach(found::add);
    return found;
  }

  private List<Path> secretPlaces() {
    return SECRET_PLACES.stream()
        .map(name -> machine.environment().getOrDefault(name, ""))
        .filter(place -> place.startsWith("/") && place.indexOf('\0') < 0)
        .map(Path::of)
        .filter(place -> place.getNameCount() > 1)
        .toList();
  }

  /**
   * Of the repository's git directory a worker writes objects, and what git keeps for its own work
   * tree. Packs are made by fetching and tidying only, which are not for workers.
   */
  private void git(Mounts mounts, Path common, Path workTree) {
    mounts.show(common);
    mounts.hide(common.resolve("hyperloop"));
    Optional<Path> administration = administration(common, workTree);
    if (administration.isEmpty()) {
      return;
    }
    mounts.open(administration.get());
    Path objects = common.resolve("objects");
    mounts.open(objects);
    for (String name : List.of("pack", "info")) {
      if (Files.isDirectory(objects.resolve(name))) {
        mounts.show(objects.resolve(name));
      }
    }
  }

  /**
   * What git keeps for a work tree; empty if it is none.
   *
   * @throws PortFailure with scope TASK if it is that of something else: not ours to open
   */
  private static Optional<Path> administration(Path common, Path workTree) {
    Path link = workTree.resolve(".git");
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(read(link).replaceFirst("^gitdir: ", ""));
      Path name = folder.getFileName();
      if (name != null && !name.toString().startsWith(".")) {
        Path own = common.resolve("worktrees").resolve(name);
        boolean plain = own.toRealPath().equals(own) && Files.isSameFile(own, folder);
        if (plain && Files.isSameFile(Path.of(read(own.resolve("gitdir"))), link)) {
          return Optional.of(own);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw foreign(workTree, ": " + e.getMessage());
    }
    throw foreign(workTree, "");
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > FILE_MAX) {
      throw new IOException("no plain small file: " + file);
    }
    return Files.readString(file).strip();
  }

  private static PortFailure foreign(Path workTree, String why) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            "its work tree does not lead to what git keeps for it" + why,
            workTree.resolve(".git").toString(),
            "see whether worktree.setup changes it"));
  }
}
