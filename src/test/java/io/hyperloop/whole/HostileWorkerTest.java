package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers that do what no worker should, each with a task of its own in one run: nothing of theirs
 * reaches the base, nothing is left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileWorkerTest {
  private static final String AS = "git -c user.name=w -c user.email=w@e commit -q ";
  private static final String RESULT = "> \"$HYPERLOOP_RESULT_FILE\"";

  /** What a worker does, and what is said of it; of work nothing is said. */
  private record Deed(String does, String why) {}

  private static final List<Deed> NO_WORK =
      List.of(
          new Deed("true", "ended without a report"),
          new Deed("echo '{\"verdict\": ' " + RESULT, "not valid JSON"),
          new Deed("echo '[1, 2]' " + RESULT, "not a JSON object"),
          new Deed("head -c 100000000 /dev/zero " + RESULT, "at most 1 MiB is read"),
          new Deed("tree=$PWD; cd /; rm -rf \"$tree\"; report pass gone", "no change"),
          new Deed(
              "echo x > f; git add f; " + AS + "--amend -m rewritten; report pass rewritten",
              "does not descend"),
          new Deed("echo junk > specs/hello.md; report pass done", "workers may not change"));

  private static final List<String> WORK =
      List.of(
          "git checkout -q -b other; keep; git add .; " + AS + "-m x",
          "echo junk > .hyperloop/state/tasks/$HYPERLOOP_TASK_ID.md; keep",
          "touch \"$(git rev-parse --git-dir)/index.lock\"; keep",
          "head -c 3000000 /dev/urandom; keep",
          "keep; touch \"$(printf 'not UTF-8 \\377')\"; git add .; " + AS + "-m x",
          "keep; touch '  a \"b\" é.txt'",
          "keep; printf 'a\\000b\\377\\n' > \"$(printf 'a\\nb \"c\" d é')\"; git add .; "
              + AS
              + "-m x");

  private List<Deed> deeds = List.of();
  private Sample sample = Sample.NONE;
  private Program.Ended ended = new Program.Ended(0, "", "");

  @BeforeAll
  void allAtOnce(@TempDir Path temp) {
    deeds =
        Stream.concat(
                NO_WORK.stream(),
                WORK.stream().map(does -> new Deed(does + "; report pass ok", "")))
            .toList();
    String cases =
        IntStream.range(0, deeds.size())
            .mapToObj(i -> Sample.id(i + 1) + ") " + deeds.get(i).does() + " ;;")
            .collect(Collectors.joining("\n"));
    sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .answering(Sample.tasks(deeds.size()))
                .implementer(
                    "keep() { echo x > kept-$HYPERLOOP_TASK_ID; }\n"
                        + "case $HYPERLOOP_TASK_ID in\n"
                        + cases
                        + "\nesac"));
    ended = sample.run("run");
  }

  @Test
  void theRunEndsWellAndNothingIsLeft() throws Exception {
    assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
    assertThat(ended.all()).doesNotContain("\tat ");
    assertThat(sample.merges()).isEqualTo(WORK.size());
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    assertThat(sample.repository().read("specs/hello.md")).doesNotContain("junk");
    sample.assertTidy();
  }

  @Test
  void filesArriveByteForByteWhateverTheirNames() throws Exception {
    byte[] bytes = "a\0b\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(sample.repository().path("a\nb \"c\" d é")).hasBinaryContent(bytes);
    assertThat(sample.repository().path("  a \"b\" é.txt")).isEmptyFile();
    assertThat(sample.repository().git("ls-files")).contains("\"not UTF-8 \\377\"");
  }

  static Stream<Integer> numbers() {
    return IntStream.rangeClosed(1, NO_WORK.size() + WORK.size()).boxed();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void whatIsNoWorkFailsTheRoundAndSaysWhyAndWhatIsWorkIsTaken(int number) {
    Deed deed = deeds.get(number - 1);
    String task = sample.repository().read(".hyperloop/state/tasks/" + Sample.id(number) + ".md");
    Path kept = sample.repository().path("kept-" + Sample.id(number));
    if (deed.why().isEmpty()) {
      assertThat(task).as(deed.does() + ended.all()).contains("status: complete");
      assertThat(kept).hasContent("x");
    } else {
      assertThat(task).as(deed.does() + ended.all()).contains("status: failed");
      assertThat(kept).doesNotExist();
      assertThat(ended.all()).contains(deed.why());
      assertThat(sample.review(number, 0)).contains(deed.why());
    }
  }

  @Test
  void whatAWorkerPlantsInGitIsNotRunByTheOrchestrator(@TempDir Path other) throws Exception {
    String plants =
        """
        case $HYPERLOOP_TASK_ID in
        task-001)
          hooks="$(git rev-parse --git-common-dir)/hooks"; mkdir -p "$hooks"
          for h in post-commit reference-transaction post-checkout; do
            printf '#!/bin/sh\\ntouch "%s"\\n' "$HOME_OF_AGENT/planted-hook" > "$hooks/$h"; chmod +x "$hooks/$h"
          done ;;
        *) git config core.fsmonitor "touch '$HOME_OF_AGENT/planted-monitor'" ;;
        esac
        echo x > kept-$HYPERLOOP_TASK_ID; report pass ok\
        """;
    Sample planted =
        Sample.with(other, Sample.agent(other).answering(Sample.tasks(2)).implementer(plants));

    Program.Ended run = planted.run("run");

    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(planted.merges()).isEqualTo(2);
    assertThat(other.resolve("agent/planted-hook")).as(run.all()).doesNotExist();
    assertThat(other.resolve("agent/planted-monitor")).as(run.all()).doesNotExist();
  }

  @Test
  void endlessOutputIsCutAtTheLimitsOfSizeAndTime(@TempDir Path other) throws Exception {
    Sample endless =
        Sample.with(
            other,
            Sample.agent(other)
                .within(3)
                .answering(Sample.tasks(2))
                .implementer(
                    "if [ $HYPERLOOP_TASK_ID = task-001 ]; then yes; else echo x > kept; report pass ok; fi"));

    Program.Ended run = endless.run("run");

    assertThat(run.exit()).as(run.all()).isEqualTo(1);
    assertThat(endless.review(1, 0)).contains("did not end within 3 s");
    assertThat(endless.repository().path("kept")).exists();
    Map.Entry<Path, Long> longest =
        endless.logs().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    assertThat(longest.getValue()).isBetween(1L << 20, 65L << 20);
    assertThat(Sample.end(longest.getKey())).contains("[hyperloop] ");
    endless.assertTidy();
  }
}
