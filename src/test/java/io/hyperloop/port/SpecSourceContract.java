package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every source of specs does. */
public abstract class SpecSourceContract {

  /** A source without any spec. */
  protected abstract SpecSource source();

  /** Commits a spec to the base branch; gives the commit. */
  protected abstract String write(String path, String text);

  /** Commits something to the base branch that is no spec. */
  protected abstract String writeCode();

  /** Commits the removal of a spec. */
  protected abstract String delete(String path);

  /** A spec that must be there. */
  protected final Spec spec(String tip, String path, Map<String, Handled> handled) {
    return Objects.requireNonNull(source().at(tip, handled).get(path), path);
  }

  protected final Spec spec(String tip, String path) {
    return spec(tip, path, Map.of());
  }

  private static Handled handled(String blob, String commit) {
    return new Handled(blob, commit, Handled.Outcome.TASKS, "");
  }

  @Test
  void aSpecHasTheCommitThatChangedItLast() {
    write("specs/a.md", "one");
    String second = write("specs/a.md", "two");
    String other = write("specs/b.md", "b");
    String tip = writeCode();
    assertThat(source().tip()).isEqualTo(tip);
    assertThat(source().at(tip, Map.of())).containsOnlyKeys("specs/a.md", "specs/b.md");
    assertThat(spec(tip, "specs/a.md").commit()).isEqualTo(second);
    assertThat(spec(tip, "specs/b.md").commit()).isEqualTo(other);
  }

  @Test
  void aHandledSpecNeedsNoCommit() {
    String commit = write("specs/a.md", "one");
    String blob = spec(commit, "specs/a.md").blob();
    Spec again = spec(commit, "specs/a.md", Map.of("specs/a.md", handled(blob, commit)));
    assertThat(again.commit()).isNull();
    assertThat(again.blob()).isEqualTo(blob);
  }

  @Test
  void aChangedSpecHasAnotherBlobAndItsCommit() {
    String first = write("specs/a.md", "one");
    String blob = spec(first, "specs/a.md").blob();
    String second = write("specs/a.md", "two");
    Spec spec = spec(second, "specs/a.md", Map.of("specs/a.md", handled(blob, first)));
    assertThat(spec.blob()).isNotEqualTo(blob);
    assertThat(spec.commit()).isEqualTo(second);
  }

  @Test
  void theSameTextHasTheSameBlobWhereverItStands() {
    write("specs/a.md", "same");
    String tip = write("specs/folder/b.md", "same");
    assertThat(spec(tip, "specs/a.md").blob()).isEqualTo(spec(tip, "specs/folder/b.md").blob());
  }

  @Test
  void aDeletedSpecIsGone() {
    write("specs/a.md", "one");
    String tip = delete("specs/a.md");
    assertThat(source().at(tip, Map.of())).isEmpty();
  }

  @Test
  void codeIsNoSpec() {
    String tip = writeCode();
    assertThat(source().at(tip, Map.of())).isEmpty();
  }

  @Test
  void anOldVersionStaysReadable() {
    String first = write("specs/a.md", "one\n");
    write("specs/a.md", "two\n");
    assertThat(source().text(new SpecRef("specs/a.md", first))).isEqualTo("one\n");
  }

  @Test
  void aVersionThatNeverWasIsAFailureNamingIt() {
    writeCode();
    var ref = new SpecRef("specs/a.md", "0123456789012345678901234567890123456789");
    assertThatThrownBy(() -> source().text(ref))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(ref.toString());
  }

  @Test
  void aDiffShowsWhatWentAndWhatCame() {
    String first = write("specs/a.md", "same\nold\n");
    String second = write("specs/a.md", "same\nnew\n");
    String diff =
        source().diff(new SpecRef("specs/a.md", first), new SpecRef("specs/a.md", second));
    assertThat(diff.lines()).contains("-old", "+new").doesNotContain("-same", "+same");
  }

  @Test
  void pinningTwiceEqualsOnce() {
    var ref = new SpecRef("specs/a.md", write("specs/a.md", "one"));
    source().pin(ref);
    source().pin(ref);
    assertThat(source().text(ref)).isEqualTo("one");
  }
}
