package io.hyperloop.adapter.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a worker sees of a home folder: everything that does not begin with a dot, and of the rest
 * the programs and settings of tools that hold no credentials. What it writes there is gone with
 * the program that wrote it.
 *
 * @param path the real one
 */
record Home(Path path) {
  private static final List<String> TOOLS =
      List.of(
          ".asdf",
          ".bun",
          ".cargo/bin",
          ".cargo/env",
          ".cargo/git",
          ".cargo/registry",
          ".config/git/attributes",
          ".config/git/config",
          ".config/git/ignore",
          ".deno/bin",
          ".dotnet",
          ".elan",
          ".fnm",
          ".ghcup",
          ".gitconfig",
          ".jdks",
          ".jenv",
          ".juliaup",
          ".linuxbrew",
          ".local/bin",
          ".local/lib",
          ".local/pipx",
          ".local/share/claude",
          ".local/share/fnm",
          ".local/share/mise",
          ".local/share/pnpm",
          ".local/share/uv",
          ".m2/extensions.xml",
          ".m2/repository",
          ".m2/toolchains.xml",
          ".m2/wrapper",
          ".nix-profile",
          ".nodenv",
          ".npm-global",
          ".nuget/packages",
          ".nvm",
          ".opam",
          ".pyenv",
          ".rbenv",
          ".rustup",
          ".rvm",
          ".sdkman",
          ".tool-versions",
          ".volta");

  /** Hidden with all that begins with a dot; here for those that are links to elsewhere. */
  private static final List<String> CREDENTIALS =
      List.of(
          ".aws",
          ".azure",
          ".cargo/credentials",
          ".cargo/credentials.toml",
          ".config/gcloud",
          ".config/gh",
          ".config/git/credentials",
          ".config/glab-cli",
          ".config/hub",
          ".docker",
          ".git-credentials",
          ".gnupg",
          ".gradle/gradle.properties",
          ".kube",
          ".m2/settings.xml",
          ".m2/settings-security.xml",
          ".netrc",
          ".npmrc",
          ".pgpass",
          ".pypirc",
          ".ssh");

  /**
   * Adds what is seen of it.
   *
   * @param environment whose PATH and JAVA_HOME are seen, too
   * @param opened paths that are opened later, with all below them
   */
  void mount(Mounts mounts, Map<String, String> environment, Collection<Path> opened) {
    mounts.hide(path);
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(path, entry -> !name(entry).startsWith("."))) {
      for (Path entry : entries) {
        if (Files.isSymbolicLink(entry)) {
          mounts.link(entry, Mounts.real(entry));
        } else {
          mounts.showIfThere(entry);
        }
      }
    } catch (IOException e) {
      // What cannot be listed stays hidden.
    }
    TOOLS.stream()
        .map(path::resolve)
        .filter(tool -> opened.stream().noneMatch(tool::startsWith))
        .filter(Files::exists)
        .forEach(mounts::showIfThere);
    programs(environment).filter(this::isHidden).forEach(mounts::showIfThere);
    for (String name : CREDENTIALS) {
      Path literal = path.resolve(name);
      Path real = Mounts.real(literal);
      if (Files.exists(real) && !real.equals(literal) && !path.startsWith(real)) {
        mounts.hide(real);
      }
    }
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  /** Whether it is a folder below one that begins with a dot. */
  private boolean isHidden(Path folder) {
    return folder.startsWith(path)
        && folder.getNameCount() > path.getNameCount()
        && folder.getName(path.getNameCount()).toString().startsWith(".")
        && Files.isDirectory(folder);
  }

  private static Stream<Path> programs(Map<String, String> environment) {
    String all =
        environment.getOrDefault("PATH", "")
            + File.pathSeparator
            + environment.getOrDefault("JAVA_HOME", "");
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(folder -> folder.startsWith("/"))
        .flatMap(folder -> parsed(folder).stream());
  }

  private static List<Path> parsed(String path) {
    try {
      return List.of(Path.of(path).normalize());
    } catch (InvalidPathException e) {
      return List.of();
    }
  }
}
