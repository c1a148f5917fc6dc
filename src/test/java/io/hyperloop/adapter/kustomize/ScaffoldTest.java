package io.hyperloop.adapter.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.config.Configuration;
import io.hyperloop.config.ConfigurationFile;
import io.hyperloop.config.Overrides;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaffoldTest {
  private static final Scaffold.Wish PLAIN = new Scaffold.Wish(null, null, true);

  @TempDir Path folder;

  @Test
  void theQuickstartsRepositoryIsReadyAfterOneCommit() {
    TestRepository repository = quickstart();
    repository.write("specs/auth.md", "# User Authentication\n");

    Scaffold.Made made = make(repository, PLAIN);

    assertThat(made.created())
        .containsExactly(
            ".hyperloop.yaml",
            ".hyperloop/agents/kustomization.yaml",
            ".hyperloop/agents/process/kustomization.yaml",
            ".hyperloop/agents/process/process.yaml",
            ".hyperloop/base/implementer.yaml",
            ".hyperloop/base/kustomization.yaml",
            ".hyperloop/base/pm.yaml",
            ".hyperloop/base/process-improver.yaml",
            ".hyperloop/base/process.yaml",
            ".hyperloop/base/verifier.yaml",
            ".hyperloop/checks/.gitkeep",
            ".hyperloop/schema/hyperloop.schema.json",
            ".hyperloop/schema/process.schema.json",
            ".hyperloop/state/reviews/.gitkeep",
            ".hyperloop/state/tasks/.gitkeep");
    assertThat(made.committed()).contains("specs/auth.md").containsAll(made.created());
    assertThat(made.commit()).isEqualTo(repository.git("rev-parse", "main"));
    assertThat(made.baseBranch()).isEqualTo("main");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    assertThat(repository.git("log", "--format=%s")).isEqualTo("Set up hyperloop\ninit");
    assertThat(
            new KustomizeTemplates(
                    repository.repository(), Configuration.DEFAULT_OVERLAY, Programs.NONE, false)
                .at(made.commit())
                .agents())
        .hasSize(4);
  }

  @Test
  void theConfigurationItWritesIsTaken() {
    TestRepository repository = quickstart();
    repository.git("switch", "-q", "-c", "1.0");

    make(repository, PLAIN);

    Configuration read =
        ConfigurationFile.read(
            repository.top(), null, Overrides.NONE, ConfigurationFile.Check.FULL);
    assertThat(read.baseBranch()).isEqualTo("1.0");
    assertThat(read.overlay()).isEqualTo(Configuration.DEFAULT_OVERLAY);
  }

  @Test
  void twiceIsTheSameAsOnce() {
    TestRepository repository = quickstart();
    make(repository, PLAIN);
    String tip = repository.git("rev-parse", "HEAD");

    Scaffold.Made again = make(repository, PLAIN);

    assertThat(again.created()).isEmpty();
    assertThat(again.committed()).isEmpty();
    assertThat(again.commit()).isEmpty();
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(tip);
  }

  @Test
  void withoutSpecsAFolderForThemIsMade() {
    TestRepository repository = quickstart();

    assertThat(make(repository, PLAIN).committed()).contains("specs/.gitkeep");
  }

  @Test
  void whatIsThereIsKeptAndWhatIsMissingIsMade() {
    TestRepository repository = quickstart();
    repository.write(".hyperloop.yaml", "max_workers: 2\n");
    repository.write(".hyperloop/checks/mine.sh", "true\n");

    Scaffold.Made made = make(repository, PLAIN);

    assertThat(made.created()).doesNotContain(".hyperloop.yaml");
    assertThat(repository.read(".hyperloop.yaml")).isEqualTo("max_workers: 2\n");
    assertThat(made.committed()).contains(".hyperloop.yaml");
    assertThat(made.committed()).doesNotContain(".hyperloop/checks/mine.sh");
  }

  @Test
  void aPersonsWorkIsByteIdenticalAfterwards() {
    TestRepository repository = quickstart();
    repository.write("a.txt", "one\n").write("b.txt", "one\n").write("c.txt", "one\n");
    repository.write(".gitignore", "*.log\n.hyperloop/\n");
    repository.commit("work");
    repository.write("a.txt", "staged\n");
    repository.git("add", "a.txt");
    repository.write("a.txt", "staged and changed\n");
    repository.write("b.txt", "changed\n");
    repository.write("new staged.txt", "n\n");
    repository.git("add", "new staged.txt");
    repository.git("rm", "-q", "c.txt");
    repository.write("untracked ü.txt", "u\n");
    repository.write("x.log", "ignored\n");
    String before = repository.git("status", "--porcelain", "--ignored", "--untracked-files=all");
    String staged = repository.git("diff", "--no-ext-diff", "--cached");
    String changed = repository.git("diff", "--no-ext-diff");

    make(repository, PLAIN);

    assertThat(repository.git("status", "--porcelain", "--ignored", "--untracked-files=all"))
        .isEqualTo(before);
    assertThat(repository.git("diff", "--no-ext-diff", "--cached")).isEqualTo(staged);
    assertThat(repository.git("diff", "--no-ext-diff")).isEqualTo(changed);
    assertThat(repository.git("show", "--name-only", "--format=", "HEAD"))
        .contains(".hyperloop/agents/kustomization.yaml")
        .doesNotContain(".txt")
        .doesNotContain(".log");
  }

  @Test
  void onlySpecsThatWereNeverCommittedAreCommitted() {
    TestRepository repository = quickstart();
    repository.write("specs/old.md", "old\n");
    repository.commit("a spec");
    repository.write("specs/old.md", "edited\n");
    repository.write("specs/deep/odd 'name' \"ü\"\n.md", "odd\n");
    repository.write("specs/staged.md", "staged\n");
    repository.git("add", "specs/staged.md");
    repository.write("specs/staged.md", "edited later\n");
    repository.write("specs/notes.txt", "no spec\n");

    Scaffold.Made made = make(repository, PLAIN);

    assertThat(made.committed())
        .contains("specs/deep/odd 'name' \"ü\"\n.md", "specs/staged.md")
        .doesNotContain("specs/old.md", "specs/notes.txt");
    assertThat(repository.git("show", "HEAD:specs/staged.md")).isEqualTo("staged");
    assertThat(repository.git("show", "HEAD:specs/old.md")).isEqualTo("old");
    assertThat(repository.git("status", "--porcelain"))
        .isEqualTo(" M specs/old.md\n M specs/staged.md\n?? specs/notes.txt");
  }

  @Test
  void aSpecThatIsOnlyIntendedToBeAddedIsCommittedInFull() {
    TestRepository repository = quickstart();
    repository.write("specs/auth.md", "all of it\n");
    repository.git("add", "--intent-to-add", "specs/auth.md");

    make(repository, PLAIN);

    assertThat(repository.git("show", "HEAD:specs/auth.md")).isEqualTo("all of it");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void committingCanBeLeftToThePerson() {
    TestRepository repository = quickstart();
    repository.write("specs/auth.md", "x\n");

    Scaffold.Made made = make(repository, new Scaffold.Wish(null, null, false));

    assertThat(made.created()).isNotEmpty();
    assertThat(made.commit()).isEmpty();
    assertThat(made.notes()).anyMatch(note -> note.startsWith("nothing is committed"));
    assertThat(repository.git("log", "--format=%s")).isEqualTo("init");
    assertThat(repository.git("diff", "--no-ext-diff", "--cached", "--name-only")).isEmpty();
  }

  @Test
  void whatAnEarlierInitLeftUncommittedIsCommitted() {
    TestRepository repository = quickstart();
    make(repository, new Scaffold.Wish(null, null, false));

    Scaffold.Made made = make(repository, PLAIN);

    assertThat(made.created()).isEmpty();
    assertThat(made.committed()).contains(".hyperloop.yaml", ".hyperloop/base/pm.yaml");
  }

  @Test
  void aRemoteBaseIsReferredTo() {
    TestRepository repository = quickstart();
    String reference = "https://github.com/team/prompts//base?ref=v1";

    Scaffold.Made made = make(repository, new Scaffold.Wish(reference, null, true));

    assertThat(made.created()).noneMatch(path -> path.startsWith(".hyperloop/base/"));
    assertThat(repository.read(".hyperloop/agents/kustomization.yaml"))
        .contains("  - '" + reference + "'\n");
    assertThat(made.notes()).anyMatch(note -> note.contains("install kustomize"));
  }

  @Test
  void aRemoteOverlayNeedsNoneInTheRepository() {
    TestRepository repository = quickstart();
    String reference = "https://github.com/team/prompts//overlay?ref=v1";

    Scaffold.Made made = make(repository, new Scaffold.Wish(null, reference, true));

    assertThat(made.created()).noneMatch(path -> path.startsWith(".hyperloop/agents/"));
    assertThat(repository.read(".hyperloop.yaml")).contains("overlay: '" + reference + "'\n");
  }

  @Test
  void aFlagThatWouldOverwriteIsRefused() {
    TestRepository repository = quickstart();
    make(repository, PLAIN);

    for (Scaffold.Wish wish :
        List.of(
            new Scaffold.Wish("https://example.com/b", null, true),
            new Scaffold.Wish(null, "https://example.com/o", true),
            new Scaffold.Wish("not-remote", null, true))) {
      assertThat(catchThrowableOfType(PortFailure.class, () -> make(repository, wish)).kind())
          .isEqualTo(Problem.Kind.USER);
    }
  }

  @Test
  void anOverlayThatDoesNotBuildIsToldAndNothingIsCommitted() {
    TestRepository repository = quickstart();
    repository.write(".hyperloop/agents/kustomization.yaml", "resources: [gone.yaml]\n");
    Map<String, String> kustomize =
        Programs.script(folder.resolve("bin"), "kustomize", "echo 'no gone.yaml' >&2; exit 1");

    assertThatThrownBy(() -> scaffold(repository, kustomize).make(PLAIN))
        .hasMessageContaining("it does not build: no gone.yaml");
    assertThat(repository.git("log", "--format=%s")).isEqualTo("init");
  }

  @Test
  void aLinkOutOfTheTreeIsNotFollowed() throws IOException {
    TestRepository repository = quickstart();
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createSymbolicLink(repository.path(".hyperloop"), outside);

    assertThatThrownBy(() -> make(repository, PLAIN))
        .hasMessageContaining("something is in the way: it has to be a folder");
    assertThat(outside).isEmptyDirectory();
    assertThat(repository.path(".hyperloop.yaml")).doesNotExist();
  }

  @Test
  void aRepositoryThatIsNotReadyIsNamed() {
    TestRepository unborn = TestRepository.empty(folder.resolve("unborn"));
    assertThatThrownBy(() -> make(unborn, PLAIN))
        .hasMessageContaining("there is no commit yet on main")
        .hasMessageContaining("git commit --allow-empty -m init");

    TestRepository detached = quickstart();
    detached.git("checkout", "-q", "--detach");
    assertThatThrownBy(() -> make(detached, PLAIN)).hasMessageContaining("HEAD is detached");
  }

  @Test
  void aMergeThatIsUnderWayIsLeftAlone() {
    TestRepository repository = quickstart();
    repository.git("switch", "-q", "-c", "side");
    repository.write("a", "side\n").commit("side");
    repository.git("switch", "-q", "main");
    repository.write("a", "main\n").commit("main");
    Git.Result merge = Git.in(repository.top()).attempt("merge", "side");

    assertThat(merge.ok()).isFalse();
    assertThatThrownBy(() -> make(repository, PLAIN)).hasMessageContaining("MERGE_HEAD");
  }

  @Test
  void withoutAnIdentityTheCommitIsHyperloops() throws IOException {
    TestRepository repository = quickstart();
    repository.git("config", "user.name", "");
    repository.git("config", "user.email", "");

    Scaffold.Made made = make(repository, PLAIN);

    assertThat(repository.git("log", "-1", "--format=%an <%ae>", made.commit()))
        .isEqualTo("hyperloop <hyperloop@localhost>");
  }

  /** As the README begins: one empty commit. */
  private TestRepository quickstart() {
    TestRepository repository = TestRepository.empty(folder.resolve("my project"));
    repository.git("commit", "-q", "--allow-empty", "-m", "init");
    return repository;
  }

  private static Scaffold.Made make(TestRepository repository, Scaffold.Wish wish) {
    return scaffold(repository, Programs.NONE).make(wish);
  }

  private static Scaffold scaffold(TestRepository repository, Map<String, String> environment) {
    return new Scaffold(
        repository.repository(),
        ConfigurationFile.read(
            repository.top(), null, Overrides.NONE, ConfigurationFile.Check.FULL),
        path -> path.matches("(?s)specs/.*\\.md"),
        environment);
  }
}
