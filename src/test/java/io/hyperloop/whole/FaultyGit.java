package io.hyperloop.whole;

import io.hyperloop.testing.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@code git} first on PATH that lets one call fail, or hang and ignore SIGTERM, and all others
 * through to the real one.
 */
record FaultyGit(Path folder) {
  static final String MESSAGE = "fatal: a fault that a test planted";

  static FaultyGit in(Path temp) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("faulty"));
    Path script = folder.resolve("git");
    Files.writeString(
        script,
        """
        #!/bin/bash
        here=$(dirname "$0")
        words=("$@"); command=
        while [ ${#words[@]} != 0 ]; do
          case "${words[0]}" in -c) words=("${words[@]:2}") ;; -*) words=("${words[@]:1}") ;; *) command=${words[0]}; break ;; esac
        done
        call=$(flock "$here/lock" sh -c 'echo "$1" >> "$0/calls"; wc -l < "$0/calls"' "$here" "$command")
        if [ "$call" = "$FAULT_AT" ] || { [ "$command" = "$FAULT_IN" ] && mkdir "$here/failed" 2>/dev/null; }; then
          if [ "$FAULT" = hang ]; then trap '' TERM; exec sleep 601; fi
          echo '%s' >&2; exit 128
        fi
        exec '%s' "$@"
        """
            .formatted(MESSAGE, real()));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new FaultyGit(folder);
  }

  private static String real() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "git"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  Program over(Sample sample) {
    return sample.program().with("PATH", folder + File.pathSeparator + System.getenv("PATH"));
  }

  /** The subcommands called, in their order. */
  List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  boolean failed() {
    return Files.exists(folder.resolve("failed"));
  }
}
