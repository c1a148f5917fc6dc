package io.hyperloop;

import io.hyperloop.adapter.agent.Bubblewrap;
import io.hyperloop.adapter.agent.Sandbox;
import io.hyperloop.config.Configuration;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What confines agents here, as configured and as found.
 *
 * @param forSetUp for commands that make work trees ready, which may need the network
 * @param warning that they are not confined, and why; empty if they are, or need not be
 */
record Confinement(Sandbox forAgents, Sandbox forSetUp, Optional<String> warning) {

  /**
   * Finds out.
   *
   * @throws PortFailure of kind ENVIRONMENT if a sandbox is demanded and does not work
   */
  static Confinement of(
      Configuration.Confinement wish,
      Path stateDirectory,
      Path commonDirectory,
      Map<String, String> environment) {
    if (wish.kind() == Configuration.Confinement.Kind.NONE) {
      return new Confinement(Sandbox.NONE, Sandbox.NONE, Optional.empty());
    }
    Set<Path> homes = homes(environment);
    Optional<Path> program = Bubblewrap.find(environment);
    String why;
    if (homes.contains(Path.of("/"))) {
      why = "HOME is /";
    } else if (program.isEmpty()) {
      why = "there is no bwrap in PATH";
    } else {
      var machine = new Bubblewrap.Machine(stateDirectory, commonDirectory, homes, environment);
      var sandbox =
          new Bubblewrap(
              program.get(),
              machine,
              wish.network(),
              wish.writable().stream().map(path -> expanded(path, environment)).toList());
      why = sandbox.trial();
      if (why.isEmpty()) {
        return new Confinement(sandbox, sandbox.withNetwork(), Optional.empty());
      }
    }
    boolean demanded = wish.kind() == Configuration.Confinement.Kind.BUBBLEWRAP || !wish.network();
    if (demanded) {
      throw new PortFailure(
          Problem.environment(
              "agents cannot be confined: " + why,
              wish.network() ? "agent.sandbox" : "agent.network",
              REMEDY));
    }
    return new Confinement(
        Sandbox.NONE,
        Sandbox.NONE,
        Optional.of(
            "WARNING: agents are not confined ("
                + why
                + "): they can read and write whatever you can. To confine them: "
                + REMEDY
                + "; to hear no more of it: agent.sandbox: none"));
  }

  private static final String REMEDY =
      "apt install bubblewrap, on a Linux that lets you make user namespaces";

  /** The warning, if there is any, for a person to read. */
  List<String> notices() {
    return warning.stream().toList();
  }

  /** That of the environment, and that of the account, which tools look into as well. */
  private static Set<Path> homes(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("HOME", ""), System.getProperty("user.home", ""))
        .filter(home -> home.startsWith("/"))
        .map(Path::of)
        .filter(Files::isDirectory)
        .collect(Collectors.toSet());
  }

  private static Path expanded(String path, Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return Path.of(path.startsWith("~/") ? home + path.substring(1) : path);
  }
}
