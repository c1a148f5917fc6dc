package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories, branches and specs whose names git allows. */
class OddPlacesTest {
  private static final String SPEC = "specs/möre/it's \"so\".md";

  @TempDir Path temp;

  @Test
  void namesMayHoldSpacesQuotesLineBreaksAndUmlauts() throws Exception {
    TestRepository repository = TestRepository.create(temp.resolve("ä 'b' \"c\"\n$d"));
    repository.git("checkout", "-q", "-b", "wip/é'$x");
    repository.write(SPEC, "# Hello\n").commit("Want hello");
    var sample = new Sample(temp, repository);
    Program.Ended init = sample.run("init");
    assertThat(init.exit()).as(init.all()).isZero();
    repository
        .write(
            ".hyperloop.yaml",
            repository.read(".hyperloop.yaml")
                + Sample.agent(temp)
                    .answering(
                        Sample.ONE_TASK.replace("specs/hello.md", SPEC.replace("\"", "\\\"")))
                    .configuration())
        .commit("Use agent");

    Program.Ended below =
        Program.in(repository.path("specs/möre"))
            .with("XDG_STATE_HOME", temp.resolve("stäte 'x'").toString())
            .run("run");

    assertThat(below.exit()).as(below.all()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    assertThat(repository.read("task-001.txt")).isEqualTo("0\n");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    Program.Ended described =
        Program.in(repository.path("specs/möre")).run("describe", "spec", "it's \"so\".md");
    assertThat(described.exit()).as(described.all()).isZero();
    assertThat(described.out()).contains("in-sync", "task-001");
    sample.assertTidy();
  }

  @Test
  void fromALinkedWorkTreeTheBaseIsMergedIntoWhereItIsCheckedOut() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    Path linked = temp.resolve("linked tree");
    sample.repository().git("worktree", "add", "-q", "-b", "other", linked.toString());

    Program.Ended ended =
        Program.in(linked).with("XDG_STATE_HOME", temp.resolve("state").toString()).run("run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(sample.repository().read("task-001.txt")).isEqualTo("0\n");
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    assertThat(TestRepository.at(linked).git("status", "--porcelain")).isEmpty();
    sample.repository().git("worktree", "remove", linked.toString());
    sample.assertTidy();
  }
}
