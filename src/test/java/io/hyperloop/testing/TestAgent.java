package io.hyperloop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * An agent for the {@code command} harness: one shell script for all roles. Unless a test says
 * otherwise the PM answers with the file given, the implementer writes a file named after its task,
 * and the verifier passes.
 */
public final class TestAgent {
  private final Path folder;
  private String pm = "cat \"$HOME_OF_AGENT/pm.json\" > \"$HYPERLOOP_RESULT_FILE\"";
  private String implementer =
      "echo \"$HYPERLOOP_ROUND\" >> \"$HYPERLOOP_TASK_ID.txt\"; report pass done";
  private String verifier = "report pass fine";

  private String timeout = "";
  private String sandbox = "none";

  private TestAgent(Path folder) {
    this.folder = folder;
  }

  /** An agent whose files live in that folder, outside of any repository. */
  public static TestAgent in(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestAgent(folder);
  }

  /** What the PM reports, as JSON. */
  public TestAgent answering(String json) {
    write("pm.json", json);
    return this;
  }

  /** The PM's shell script; what it was told is in {@code $HOME_OF_AGENT/prompt}. */
  public TestAgent pm(String script) {
    pm = script;
    return this;
  }

  /** The implementer's shell script; {@code report VERDICT WORDS} is there to be called. */
  public TestAgent implementer(String script) {
    implementer = script;
    return this;
  }

  /** The verifier's shell script. */
  public TestAgent verifier(String script) {
    verifier = script;
    return this;
  }

  /** Each run of it may take that many seconds. */
  public TestAgent within(int seconds) {
    timeout = "timeout: " + seconds + ", ";
    return this;
  }

  /** As {@code agent.sandbox}; none unless told, since these agents keep notes in their folder. */
  public TestAgent sandboxed(String how) {
    sandbox = how;
    return this;
  }

  /** Writes the script. Gives the configuration that uses it. */
  public String configuration() {
    Path script = folder.resolve("agent");
    write(
        "agent",
        """
        #!/bin/sh
        HOME_OF_AGENT='%s'
        report() { printf '{"verdict":"%%s","detail":"%%s"}' "$1" "$2" > "$HYPERLOOP_RESULT_FILE"; }
        case "$HYPERLOOP_ROLE" in pm) cat > "$HOME_OF_AGENT/prompt" ;; *) cat > "$HOME_OF_AGENT/told" ;; esac
        case "$HYPERLOOP_ROLE" in
          pm) %s ;;
          implementer) %s ;;
          verifier) %s ;;
        esac
        """
            .formatted(folder, pm, implementer, verifier));
    try {
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "agent: {type: command, sandbox: "
        + sandbox
        + ", writable: [\""
        + folder
        + "\"], "
        + timeout
        + "command: [\""
        + script
        + "\"]}\n";
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
