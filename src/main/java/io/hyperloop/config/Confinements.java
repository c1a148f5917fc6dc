package io.hyperloop.config;

import io.hyperloop.config.Configuration.Confinement;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what confines agents. */
final class Confinements {
  private static final Map<String, Confinement.Kind> KINDS =
      Map.of(
          "auto", Confinement.Kind.AUTO,
          "bubblewrap", Confinement.Kind.BUBBLEWRAP,
          "none", Confinement.Kind.NONE);

  private enum Network {
    HOST,
    NONE
  }

  private static final Map<String, Network> NETWORKS =
      Map.of("host", Network.HOST, "none", Network.NONE);

  /** Those whose own program need not reach the model: we do, or it is the user's affair. */
  private static final Set<Agent.Type> OFFLINE =
      EnumSet.of(Agent.Type.ANTHROPIC, Agent.Type.COMMAND);

  private Confinements() {}

  static Confinement read(Section section, Agent general, Map<String, Agent> roles) {
    Confinement usual = Confinement.DEFAULT;
    Confinement.Kind kind = section.choice("sandbox", KINDS, usual.kind());
    boolean network = section.choice("network", NETWORKS, Network.HOST) == Network.HOST;
    List<String> writable = section.texts("writable", usual.writable());
    for (String path : writable) {
      if (!usable(path)) {
        section.fault(
            "writable",
            "agent.writable: \"" + path + "\" is no path below / or ~",
            "write an absolute path, or one such as ~/.m2/repository");
      }
    }
    if (!network) {
      if (kind == Confinement.Kind.NONE) {
        section.fault("network", "network: none needs a sandbox", "take sandbox: none out");
      }
      if (!Stream.concat(Stream.of(general), roles.values().stream())
          .allMatch(agent -> OFFLINE.contains(agent.type()))) {
        section.fault(
            "network",
            "network: none would keep an agent's own program from its model",
            "leave it out, or set type: anthropic for all roles");
      }
    }
    return new Confinement(kind, network, writable);
  }

  private static boolean usable(String path) {
    boolean rooted = path.startsWith("/") || path.startsWith("~/");
    Path named = Path.of(path.replaceFirst("^~", ""));
    return rooted && named.getNameCount() > 0 && named.normalize().equals(named);
  }
}
