package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person who works in the same checkout all the time. */
class PersonAtWorkTest {
  /** What fails because hyperloop is at it is done again, as a person would. */
  private static final String WORK =
      """
      again() { for _ in 1 2 3 4 5 6 7 8 9; do "$@" && return; sleep 0.05; done; return 1; }
      i=0
      while [ ! -e ../stop ]; do
        i=$((i+1)); echo $i > mine-$i.txt
        again git add mine-$i.txt; again git commit -qm "Mine $i" -- mine-$i.txt && echo $i >> ../mine
        sleep 0.1
        case $((i % 3)) in
          0) again git switch -q -c side-$i && { sleep 0.1; again git switch -q main; } ;;
          1) git commit -q --amend --no-edit --reset-author ;;
          2) git rebase -q --force-rebase HEAD~2 || git rebase --abort ;;
        esac
        sleep 0.2
      done
      """;

  @TempDir Path temp;

  @Test
  void whoCommitsAmendsRebasesAndSwitchesBranchesLosesNothing() throws Exception {
    Sample sample =
        Sample.with(temp, Sample.agent(temp).answering(Sample.tasks(6)), "max_workers: 2\n");
    TestRepository repository = sample.repository();
    repository.write("lying about.txt", "mine\n");
    Process person =
        new ProcessBuilder("sh", "-c", WORK)
            .directory(repository.top().toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("person").toFile())
            .start();

    Program.Ended ended = sample.program().within(Duration.ofMinutes(2)).run("run");

    Files.writeString(temp.resolve("stop"), "");
    assertThat(person.waitFor()).isZero();
    String told = ended.all() + Files.readString(temp.resolve("person"));
    assertThat(ended.exit()).as(told).isIn(0, 2, 3);
    if (ended.exit() != 0) {
      assertThat(ended.err()).contains("error: ", "where: ").doesNotContain("\tat ");
    }
    repository.git("switch", "-q", "main");
    Program.Ended last = sample.run("run");
    assertThat(last.exit()).as(told + last.all()).isZero();
    assertThat(sample.merges()).as(told).isEqualTo(6);
    for (String number : Files.readAllLines(temp.resolve("mine"))) {
      assertThat(repository.read("mine-" + number + ".txt")).isEqualTo(number + "\n");
      assertThat(repository.git("show", "main:mine-" + number + ".txt")).isEqualTo(number);
    }
    for (int i = 1; i <= 6; i++) {
      assertThat(new File(repository.top().toFile(), Sample.id(i) + ".txt")).exists();
    }
    assertThat(repository.read("lying about.txt")).isEqualTo("mine\n");
    assertThat(repository.git("status", "--porcelain")).isEqualTo("?? \"lying about.txt\"");
    sample.assertTidy();
  }
}
