package io.hyperloop.whole;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A fresh clone as the launcher sees it, on a machine that has only what it needs: a Maven that is
 * a script, and the programs that every system has.
 */
record Checkout(Path temp, Map<String, String> environment) {
  /** Makes the jar, as Maven would, of the one that this build has just made. */
  static final String MAKE_JAR =
      "mkdir -p target && cp \"$REAL_JAR\" target/hyperloop.jar && ln -sfn \"$REAL_LIB\" target/lib\n";

  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "cat",
          "cp",
          "find",
          "flock",
          "git",
          "grep",
          "head",
          "ln",
          "mkdir",
          "mv",
          "nice",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "stty");

  Checkout(Path temp) {
    this(temp, new TreeMap<>());
  }

  static Checkout in(Path temp) throws IOException {
    var checkout = new Checkout(temp);
    for (String folder : List.of("bin", "base", "schema", "src/main/java")) {
      Files.createDirectories(checkout.path(folder));
    }
    Files.copy(Path.of("bin/hyperloop"), checkout.launcher());
    checkout.executable(checkout.launcher());
    Files.writeString(checkout.path("pom.xml"), "<project/>");
    Files.writeString(checkout.path("src/main/java/Main.java"), "class Main {}");
    Files.createDirectories(checkout.tool("bash").getParent());
    for (String program : PROGRAMS) {
      checkout.provide(program);
    }
    checkout.maven(
        "echo '[INFO] --- compiler:3.16.0:compile (default-compile) @ hyperloop ---'\n"
            + "echo '[INFO] --- jar:3.5.0:jar (default-jar) @ hyperloop ---'\n"
            + MAKE_JAR);
    checkout.defaults();
    return checkout;
  }

  private void defaults() {
    environment.put("PATH", temp.resolve("tools").toString());
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("MAVEN_HOME", "/nonexistent");
    environment.put("HYPERLOOP_CACHE", "never");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("BUILDS", temp.resolve("builds").toString());
    environment.put("REAL_JAR", Program.jar().toString());
    environment.put("REAL_LIB", Program.jar().resolveSibling("lib").toString());
  }

  /** A script rather than a link, which JUnit would warn of. */
  private void provide(String program) throws IOException {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
      Path found = Path.of(folder, program);
      if (Files.isExecutable(found)) {
        Files.writeString(tool(program), "#!/bin/sh\nexec " + found + " \"$@\"\n");
        executable(tool(program));
        return;
      }
    }
  }

  Path path(String name) {
    return temp.resolve("a clone").resolve(name);
  }

  Path launcher() {
    return path("bin/hyperloop");
  }

  Path tool(String name) {
    return temp.resolve("tools").resolve(name);
  }

  @CanIgnoreReturnValue
  Checkout with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** From now on Maven does this. */
  void maven(String script) throws IOException {
    Files.writeString(tool("mvn"), "#!/bin/sh\necho build >>\"$BUILDS\"\n" + script);
    executable(tool("mvn"));
  }

  /** Takes away the link to the real libraries, which are no test's to delete. */
  void leave() throws IOException {
    Path lib = path("target/lib");
    if (Files.isSymbolicLink(lib)) {
      Files.delete(lib);
    }
  }

  private void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes files an hour older than the sources. */
  void age(String... names) throws IOException {
    for (String name : names) {
      Files.setLastModifiedTime(path(name), FileTime.from(Instant.now().minusSeconds(3_600)));
    }
  }

  int builds() throws IOException {
    Path builds = temp.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(path("target"))) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  record Ended(int exit, String out, String err) {
    String all() {
      return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  @CanIgnoreReturnValue
  Ended start(String... arguments) throws IOException, InterruptedException {
    return start(launcher(), List.of(arguments));
  }

  Ended start(Path launcher, List<String> arguments) throws IOException, InterruptedException {
    Process process = begin(launcher, arguments);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end");
    }
    return new Ended(
        process.exitValue(),
        Files.readString(temp.resolve("out")),
        Files.readString(temp.resolve("err")));
  }

  Process begin(Path launcher, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.redirectOutput(temp.resolve("out").toFile());
    builder.redirectError(temp.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
