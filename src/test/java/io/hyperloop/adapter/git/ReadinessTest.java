package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
  private static final List<String> PATTERNS = List.of("specs/**/*.md", "!specs/draft.md");

  @TempDir Path folder;
  private TestRepository repository;

  @BeforeEach
  void create() {
    repository = TestRepository.create(folder.resolve("repository"));
  }

  private String tip() {
    return repository.git("rev-parse", "main");
  }

  @Test
  void theBranchCheckedOutIsTheBaseIfNothingElseIsKnown() {
    assertThat(readiness().base(null)).isEqualTo("main");
  }

  @Test
  void whatOriginPointsAtComesBeforeTheBranchCheckedOut() {
    repository.git("branch", "trunk");
    repository.git("update-ref", "refs/remotes/origin/trunk", "HEAD");
    repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");

    assertThat(readiness().base(null)).isEqualTo("trunk");
    assertThat(readiness().base("main")).isEqualTo("main");
  }

  @Test
  void aMissingBaseBranchIsNamedWithOneThatExists() {
    refused(
        () -> readiness().base("trunk"),
        "the base branch trunk does not exist",
        "with --branch, such as main");
  }

  @Test
  void aBaseBranchThatOnlyTheRemoteHasIsNamedWithHowToMakeIt() {
    repository.git("update-ref", "refs/remotes/origin/trunk", "HEAD");

    refused(() -> readiness().base("trunk"), "does not exist", "git branch trunk origin/trunk");
  }

  @Test
  void aDetachedHeadIsRefused() {
    repository.git("checkout", "-q", "--detach");

    refused(() -> readiness().base("main"), "HEAD is detached", "git switch main");
  }

  @Test
  void aRepositoryWithoutACommitIsRefused() {
    repository = TestRepository.empty(folder.resolve("unborn"));

    refused(() -> readiness().base(null), "there is no commit yet", "git commit --allow-empty");
  }

  @Test
  void aRepositoryWithoutAnOverlayIsNotInitialised() {
    refused(
        () -> readiness().initialised(tip(), "main", ".hyperloop/agents/"),
        "hyperloop is not initialised here",
        "hyperloop init");
  }

  @Test
  void anOverlayThatIsNotCommittedIsNamed() {
    repository.write(".hyperloop/agents/kustomization.yaml", "x");

    refused(
        () -> readiness().initialised(tip(), "main", ".hyperloop/agents/"),
        "is not committed on main",
        "git add .hyperloop");
  }

  @Test
  void aCommittedOverlayOrARemoteOneIsEnough() {
    readiness().initialised(tip(), "main", null);
    repository.write(".hyperloop/agents/kustomization.yaml", "x").commit("overlay");
    readiness().initialised(tip(), "main", ".hyperloop/agents/");

    assertThat(readiness().base(null)).isEqualTo("main");
  }

  @Test
  void withoutAnySpecItSaysHowToWriteOne() {
    assertThat(noSpec()).hasMessageContaining("write one, such as specs/auth.md");
    assertThat(noSpec().kind()).isEqualTo(Problem.Kind.USER);
  }

  @Test
  void withSpecsNotCommittedItSaysWhichToCommit() {
    repository.write("specs/it's.md", "x").write("specs/z.md", "x").write("specs/draft.md", "x");

    assertThat(noSpec())
        .hasMessageContaining("no spec is committed on main")
        .hasMessageContaining("git add -- 'specs/it'\\''s.md' and 1 more");
  }

  @Test
  void specsNotCommittedAreListed() {
    repository.write("specs/a.md", "1").write("specs/gone.md", "1").commit("specs");
    repository.write("specs/a.md", "2").write("specs/deep/new ü.md", "1").write("other.md", "1");
    repository.git("rm", "-q", "specs/gone.md");

    assertThat(readiness().uncommittedSpecs(PATTERNS, ReadinessTest::isSpec))
        .containsExactly("specs/a.md", "specs/deep/new ü.md");
  }

  @Test
  void aRebaseThatIsUnderWayIsNamed() {
    repository.write(".git/rebase-merge/x", "");

    refused(() -> readiness().nothingUnfinished(), "in the middle of something", "git status");
  }

  private PortFailure noSpec() {
    return readiness().noSpec("main", PATTERNS, ReadinessTest::isSpec);
  }

  private static boolean isSpec(String path) {
    return path.matches("specs/.*\\.md") && !path.equals("specs/draft.md");
  }

  private Readiness readiness() {
    return new Readiness(repository.repository());
  }

  private static void refused(Runnable check, String what, String remedy) {
    assertThatThrownBy(check::run)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy);
    assertThat(catchThrowableOfType(PortFailure.class, check::run).kind())
        .isEqualTo(Problem.Kind.USER);
  }
}
