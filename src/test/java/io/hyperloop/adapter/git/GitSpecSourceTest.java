package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.SpecRef;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.SpecSource;
import io.hyperloop.port.SpecSourceContract;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSpecSourceTest extends SpecSourceContract {
  @TempDir Path temp;
  private TestRepository repository;
  private GitSpecSource source;

  @BeforeEach
  void create() {
    repository = TestRepository.create(temp.resolve("repository"));
    source = with("specs/**/*.md");
  }

  private GitSpecSource with(String... patterns) {
    return of(repository, List.of(patterns));
  }

  private GitSpecSource of(TestRepository in, List<String> patterns) {
    Repository around = in.repository();
    return new GitSpecSource(
        around,
        Bases.of(around, "main"),
        CleanRoom.of(around, temp.resolve("state")),
        new SpecPatterns(patterns));
  }

  @Override
  protected SpecSource source() {
    return source;
  }

  @Override
  protected String write(String path, String text) {
    return repository.write(path, text).commit("spec");
  }

  @Override
  protected String writeCode() {
    return repository.write("src/Main.java", "class Main {}").commit("code");
  }

  @Override
  protected String delete(String path) {
    repository.git("rm", "-q", path);
    return repository.commit("delete");
  }

  private Iterable<String> paths() {
    return source.at(source.tip(), Map.of()).keySet();
  }

  @Test
  void namesMayHoldSpacesQuotesLineBreaksAndLetters() {
    for (String path :
        List.of("a b.md", "\"q'.md", "line\nbreak.md", "größe.md", "-x.md", ":c.md")) {
      repository.write("specs/" + path, path);
    }
    String commit = repository.commit("odd");
    var specs = source.at(source.tip(), Map.of());
    assertThat(specs).hasSize(6);
    assertThat(specs.values()).allSatisfy(spec -> assertThat(spec.commit()).isEqualTo(commit));
    assertThat(source.text(new SpecRef("specs/line\nbreak.md", commit)))
        .isEqualTo("line\nbreak.md");
  }

  @Test
  void onlyWhatIsCommittedOnTheBaseCounts() {
    write("specs/a.md", "committed");
    repository.git("checkout", "-q", "-b", "other");
    write("specs/b.md", "elsewhere");
    repository.write("specs/c.md", "not committed");
    assertThat(paths()).containsExactly("specs/a.md");
  }

  @Test
  void linksSubmodulesAndIgnoredFilesAreNoSpecs() throws IOException {
    repository.write("specs/real.md", "---\nowner: me\n---\nhyperloop: ignore\n");
    repository.write("specs/off.md", "---\r\nhyperloop:  \"ignore\" # for now\r\n---\r\ntext");
    Files.createSymbolicLink(repository.path("specs/link.md"), Path.of("real.md"));
    repository.git("add", "-A");
    String head = repository.git("rev-parse", "HEAD");
    repository.git("update-index", "--add", "--cacheinfo", "160000," + head + ",specs/module.md");
    repository.git("commit", "-q", "-m", "mixed");
    assertThat(paths()).containsExactly("specs/real.md");
  }

  @Test
  void aSpecThatIsNoLongerIgnoredComesBack() {
    write("specs/a.md", "---\nhyperloop: ignore\n---\n");
    assertThat(paths()).isEmpty();
    write("specs/a.md", "---\nhyperloop: look\n---\n");
    assertThat(paths()).containsExactly("specs/a.md");
  }

  @Test
  void exclusionsTakeFilesAway() {
    source = with("specs/**/*.md", "!specs/drafts/**", "docs/api.md");
    repository.write("specs/a.md", "").write("specs/drafts/b.md", "").write("docs/api.md", "");
    repository.write("docs/other.md", "").commit("all");
    assertThat(paths()).containsExactly("docs/api.md", "specs/a.md");
  }

  @Test
  void aMergeIsTheChangeThatBroughtTheSpec() {
    write("specs/a.md", "one");
    repository.git("checkout", "-q", "-b", "side");
    write("specs/a.md", "two");
    repository.git("checkout", "-q", "main");
    writeCode();
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "side");
    String merge = repository.git("rev-parse", "HEAD");
    assertThat(spec(merge, "specs/a.md").commit()).isEqualTo(merge);
    assertThat(source.text(new SpecRef("specs/a.md", merge))).isEqualTo("two");
  }

  @Test
  void aTipThatMovedWithoutTouchingSpecsKeepsWhatWasLookedUp() {
    String commit = write("specs/a.md", "one");
    assertThat(spec(commit, "specs/a.md").commit()).isEqualTo(commit);
    String tip = writeCode();
    assertThat(spec(tip, "specs/a.md").commit()).isEqualTo(commit);
  }

  @Test
  void rewrittenHistoryGivesTheNewCommit() {
    String first = write("specs/a.md", "one");
    assertThat(spec(first, "specs/a.md").commit()).isEqualTo(first);
    repository.git("commit", "-q", "--amend", "-m", "reworded");
    String second = repository.git("rev-parse", "HEAD");
    assertThat(spec(second, "specs/a.md").commit()).isEqualTo(second);
  }

  @Test
  void aPinnedVersionSurvivesGarbageCollection() {
    var ref = new SpecRef("specs/a.md", write("specs/a.md", "kept"));
    source.pin(ref);
    repository.git("reset", "-q", "--hard", "HEAD~1");
    repository.git("reflog", "expire", "--expire=now", "--all");
    repository.git("gc", "-q", "--prune=now");
    assertThat(source.text(ref)).isEqualTo("kept");
  }

  @Test
  void aSpecOfMoreThanOneMebibyteIsRefusedByName() {
    var ref = new SpecRef("specs/big.md", write("specs/big.md", "x".repeat((1 << 20) + 1)));
    assertThatThrownBy(() -> source.text(ref))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("specs/big.md")
        .hasMessageContaining("1 MiB");
  }

  @Test
  void aPartialCloneIsFetchedFromAsNeeded() {
    write("specs/a.md", "one\n");
    String first = repository.git("rev-parse", "HEAD");
    String second = write("specs/a.md", "two\n");
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
    var clone = TestRepository.empty(temp.resolve("clone"));
    clone.git("remote", "add", "origin", repository.top().toUri().toString());
    clone.git("fetch", "-q", "--filter=tree:0", "origin");
    clone.git("update-ref", "refs/heads/main", "refs/remotes/origin/main");
    source = of(clone, List.of("specs/**/*.md"));
    assertThat(spec(second, "specs/a.md").commit()).isEqualTo(second);
    assertThat(source.text(new SpecRef("specs/a.md", first))).isEqualTo("one\n");
  }

  @Test
  void aConfigurationThatWouldStartProgramsDoesNot() {
    String commit = write("specs/a.md", "one");
    Path trace = temp.resolve("started");
    repository.git("config", "log.showSignature", "true");
    repository.git("config", "gpg.program", "touch " + trace);
    repository.git("config", "diff.external", "touch " + trace);
    assertThat(spec(commit, "specs/a.md").commit()).isEqualTo(commit);
    assertThat(trace).doesNotExist();
  }
}
