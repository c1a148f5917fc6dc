package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start costs: short commands load no class of the heavy libraries. */
class StartTest {
  private static final List<String> HEAVY =
      List.of(
          "com.anthropic",
          "okhttp3",
          "software.amazon",
          "com.google.auth",
          "com.networknt",
          "kotlin.");

  @TempDir Path temp;

  @Test
  void theVersionLoadsNothingButItself() throws IOException {
    List<String> loaded = loaded(temp, "--version");

    assertThat(loaded.contains("io.hyperloop.Main")).isTrue();
    assertNone(loaded, HEAVY);
    assertNone(loaded, List.of("org.eclipse.jgit", "tools.jackson", "picocli", "org.jline"));
  }

  @Test
  void statusLoadsNoHeavyLibrary() throws IOException {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.write("specs/auth.md", "# Auth\n").commit("Want auth");
    assertThat(Program.in(repository.top()).run("init").exit()).isZero();

    List<String> loaded = loaded(repository.top(), "status");

    assertThat(loaded.contains("io.hyperloop.cli.StatusCommand")).isTrue();
    assertNone(loaded, HEAVY);
  }

  private static void assertNone(List<String> loaded, List<String> prefixes) {
    assertThat(loaded.stream().filter(name -> prefixes.stream().anyMatch(name::startsWith)))
        .isEmpty();
  }

  private List<String> loaded(Path directory, String... arguments) throws IOException {
    Path log = temp.resolve("classes.log");
    Program.Ended ended =
        Program.in(directory)
            .cold()
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log + ":none")
            .with("XDG_STATE_HOME", temp.resolve("state").toString())
            .run(arguments);
    assertThat(ended.exit()).as(ended.all()).isZero();
    return Files.readAllLines(log).stream().map(line -> line.split(" ", -1)[0]).toList();
  }
}
