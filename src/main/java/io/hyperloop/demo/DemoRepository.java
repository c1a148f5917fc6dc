package io.hyperloop.demo;

import io.hyperloop.adapter.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The sample repository of {@code hyperloop demo}: two specs and no code yet. */
public final class DemoRepository {
  private static final String README =
      """
      # Sample project

      Made by `hyperloop demo`. The specs are in `specs/`; the code is what the agents made of them.
      Run the tests with `for test in tests/*.sh; do sh "$test" && echo "ok $test"; done`.
      """;

  private static final String GREETING =
      """
      # Greeting

      `bin/greet NAME` greets somebody. It is a POSIX shell script.

      - `bin/greet Ada` prints `Hello, Ada!` and exits with 0.
      - Without a name it prints `usage: greet NAME` on standard error, nothing on standard output,
        and exits with 2.
      - `tests/greeting.sh`, run from the root of the repository, checks all of this and exits with
        0 only if it holds.
      """;

  private static final String FAREWELL =
      """
      # Farewell

      `bin/farewell NAME` takes leave of somebody, in the manner of the [greeting](greeting.md): it
      is written once that is there.

      - `bin/farewell Ada` prints `Goodbye, Ada.` and exits with 0.
      - Without a name it prints `usage: farewell NAME` on standard error, nothing on standard
        output, and exits with 2.
      - `tests/farewell.sh`, run from the root of the repository, checks all of this and exits with
        0 only if it holds.
      """;

  private static final String AGENT =
      """

      # The scripted model plays to the embedded agent only.
      agent: {type: anthropic}
      """;

  private DemoRepository() {}

  /**
   * Has the embedded agent play, whatever else is installed.
   *
   * @param directory initialised
   * @throws IOException if its configuration cannot be written
   */
  public static void useEmbeddedAgent(Path directory) throws IOException {
    Files.writeString(directory.resolve(".hyperloop.yaml"), AGENT, StandardOpenOption.APPEND);
    Git.in(directory).run("commit", "-q", "-m", "Use the embedded agent", "--", ".hyperloop.yaml");
  }

  /**
   * Makes it, on branch main, with the specs committed.
   *
   * @param directory is created; must be empty if it exists
   * @throws IOException if it cannot be written
   * @throws io.hyperloop.port.PortFailure with git's own message if git fails
   */
  public static void create(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("specs"));
    Files.writeString(directory.resolve("README.md"), README);
    Files.writeString(directory.resolve("specs/greeting.md"), GREETING);
    Files.writeString(directory.resolve("specs/farewell.md"), FAREWELL);
    Git git = Git.in(directory);
    git.run("init", "-q", "-b", "main");
    // Its own identity: on a fresh machine there is none, and the agents commit, too.
    git.run("config", "user.name", "hyperloop demo");
    git.run("config", "user.email", "demo@hyperloop.invalid");
    git.run("add", "README.md", "specs");
    git.run("commit", "-q", "-m", "Specify greeting and farewell");
  }
}
