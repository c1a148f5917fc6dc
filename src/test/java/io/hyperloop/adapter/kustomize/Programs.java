package io.hyperloop.adapter.kustomize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Environments in which certain programs are found. */
final class Programs {
  static final Map<String, String> NONE = Map.of("PATH", "/nowhere");

  private Programs() {}

  /** One in which {@code name} is that shell script. */
  static Map<String, String> script(Path folder, String name, String script) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name);
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Map.of("PATH", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
