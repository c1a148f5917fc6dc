package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that would have the person's own work tree start its program. */
class PlantedFilterTest {
  @TempDir Path temp;

  @Test
  void isNotStartedAndIsTold() {
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .implementer(
                    """
                    git config filter.evil.smudge "touch '$HOME_OF_AGENT/planted'; cat"
                    git config filter.evil.clean "touch '$HOME_OF_AGENT/planted'; cat"
                    echo '*.txt filter=evil' > .gitattributes
                    echo x > kept.txt
                    report pass ok\
                    """));

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(sample.repository().read("kept.txt")).isEqualTo("x\n");
    assertThat(temp.resolve("agent/planted")).as(ended.all()).doesNotExist();
    assertThat(ended.all())
        .contains("filter.evil.smudge in " + sample.repository().path(".git/config"));
  }
}
