package io.hyperloop.config;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code .hyperloop.yaml}, read from the work tree. The shipped schema says what may stand in it;
 * what a schema cannot say is checked here.
 */
public final class ConfigurationFile {
  public static final String NAME = ".hyperloop.yaml";

  private ConfigurationFile() {}

  /** How much a reading may cost. */
  public enum Check {
    /** The schema is asked only where something is amiss: for commands that just look. */
    QUICK,
    /** The schema is asked in any case: for commands that act. */
    FULL
  }

  /**
   * Reads file and flags.
   *
   * @param top the work tree's root
   * @param chosen the file named by {@code --config}, or null for {@code .hyperloop.yaml} in {@code
   *     top}, which may be missing
   * @throws PortFailure of kind USER with everything that is wrong, by line; of kind ENVIRONMENT if
   *     the file cannot be read
   */
  public static Configuration read(
      Path top, @Nullable Path chosen, Overrides overrides, Check check) {
    Path file = chosen == null ? top.resolve(NAME) : chosen;
    String name = chosen == null ? NAME : chosen.toString();
    byte[] content = content(file, name, chosen == null);
    YamlNode document = content == null ? null : Yaml.document(name, content);
    return of(document, overrides, check);
  }

  /** As {@link #read}, of a text. */
  static Configuration parse(String text, Overrides overrides, Check check) {
    return of(Yaml.document(NAME, text), overrides, check);
  }

  private static Configuration of(@Nullable YamlNode document, Overrides overrides, Check check) {
    var own = new ArrayList<Fault>();
    Configuration configuration = Settings.read(document, overrides.repo(), own);
    var problems = new ArrayList<Problem>();
    if (document != null && (check == Check.FULL || !own.isEmpty())) {
      List<Fault> all = merged(SchemaCheck.faults(ShippedSchemas.CONFIGURATION, document), own);
      problems.addAll(Fault.located(document, all.stream().map(f -> named(document, f)).toList()));
    }
    var flags = new ArrayList<Fault>();
    configuration = Settings.with(configuration, overrides, flags);
    flags.forEach(fault -> problems.add(flagged(fault.pointer(), fault)));
    if (!problems.isEmpty()) {
      throw new PortFailure(problems);
    }
    return configuration;
  }

  /** The schema's faults, and our own at places that it has nothing against. */
  static List<Fault> merged(List<Fault> schema, List<Fault> own) {
    Set<String> seen = new HashSet<>();
    schema.forEach(fault -> seen.add(fault.pointer()));
    var all = new ArrayList<>(schema);
    own.stream().filter(fault -> !seen.contains(fault.pointer())).forEach(all::add);
    return all;
  }

  private static Fault named(YamlNode document, Fault fault) {
    return NotYet.instead(fault, YamlNode.at(document, fault.pointer())).orElse(fault);
  }

  private static Problem flagged(String flag, Fault fault) {
    return Problem.user(fault.what(), "the flag " + flag, fault.remedy());
  }

  private static byte @Nullable [] content(Path file, String name, boolean mayBeMissing) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Yaml.FILE_BYTES_MAX + 1);
    } catch (NoSuchFileException e) {
      if (mayBeMissing) {
        return null;
      }
      throw new PortFailure(
          Problem.user("there is no such configuration file", name, "name one with --config"), e);
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "cannot be read: " + e.getMessage(), name, "make it a file that you may read"),
          e);
    }
  }
}
