package io.hyperloop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Packages of npm at pinned versions, installed beside the jar when first asked for. */
public final class NpmPackages {
  private static final long MINUTES = 10;

  private NpmPackages() {}

  /**
   * A file of a package, which is installed if that has not been done.
   *
   * @throws AssertionError with npm's output if it fails
   */
  public static synchronized Path file(String name, String version, String file) {
    Path folder = Program.jar().resolveSibling("agents").resolve(name.replaceAll("\\W+", "-"));
    Path wanted = folder.resolve("node_modules").resolve(name).resolve(file);
    Path done = folder.resolve("installed-" + version);
    if (!Files.isRegularFile(done) || !Files.isRegularFile(wanted)) {
      install(folder, name + "@" + version);
      touch(done);
    }
    return wanted;
  }

  private static void install(Path folder, String what) {
    try {
      Files.createDirectories(folder);
      Path output = folder.resolve("npm.log");
      var builder =
          new ProcessBuilder(
              List.of(
                  "npm",
                  "install",
                  "--prefix",
                  folder.toString(),
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  "--no-save",
                  what));
      // The user's own settings say where packages come from.
      builder.environment().put("HOME", System.getProperty("user.home"));
      Process npm =
          builder
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!npm.waitFor(MINUTES, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        throw new AssertionError("npm did not install " + what + " within " + MINUTES + " min");
      }
      if (npm.exitValue() != 0) {
        throw new AssertionError("npm cannot install " + what + ":\n" + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("npm is needed to install " + what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void touch(Path file) {
    try {
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
