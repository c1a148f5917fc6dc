package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/hyperloop: finding a JDK, building, starting. Maven is played by a script. */
class LauncherTest {
  private static final String PHASES =
      """
      echo '[INFO] --- maven-compiler-plugin:3.16.0:compile (default-compile) @ hyperloop ---'
      echo '[INFO] --- jar:3.5.0:jar (default-jar) @ hyperloop ---'
      """;

  @TempDir Path temp;
  private Checkout checkout = new Checkout(Path.of(""));

  @BeforeEach
  void checkOut() throws IOException {
    checkout = Checkout.in(temp);
  }

  @AfterEach
  void leave() throws IOException {
    checkout.leave();
  }

  @Test
  void aFreshCloneIsBuiltOnceShowingProgress() throws Exception {
    Checkout.Ended first = checkout.start("--version");

    assertThat(first.exit()).as(first.all()).isZero();
    assertThat(first.out()).startsWith("hyperloop ");
    assertThat(first.err()).contains("building", "  compiling", "  packing", "built in");
    Checkout.Ended second = checkout.start("--version");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void itIsFoundThroughLinks() throws Exception {
    Path link = Files.createDirectories(temp.resolve("some where")).resolve("hl");
    Files.createSymbolicLink(link, checkout.launcher());
    Path second = link.resolveSibling("hyperloop");
    Files.createSymbolicLink(second, Path.of("hl"));

    assertThat(checkout.start(second, List.of("--version")).out()).startsWith("hyperloop ");
  }

  @Test
  void changedSourcesAreBuiltAgain() throws Exception {
    checkout.start("--version");
    checkout.age("target/hyperloop.jar", "target/.built");
    Checkout.Ended again = checkout.start("--version");

    assertThat(again.err()).contains("the sources are newer than the jar");
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aBuildThatFoundNothingToDoIsNotRepeated() throws Exception {
    checkout.start("--version");
    checkout.age("target/hyperloop.jar", "target/.built");
    checkout.maven(PHASES);
    checkout.start("--version");
    checkout.start("--version");

    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    checkout.maven("sleep 1\n" + PHASES + Checkout.MAKE_JAR);
    Process one = checkout.begin(checkout.launcher(), List.of("--version"));
    Process two = checkout.begin(checkout.launcher(), List.of("--version"));

    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void aFailedBuildIsToldWithItsErrorsAndItsLog() throws Exception {
    checkout.maven("echo '[ERROR] Main.java:[3,1] a semicolon is missing'\nexit 1\n");

    Checkout.Ended ended = checkout.start("--version");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err())
        .contains("error: hyperloop could not be built", "a semicolon is missing")
        .contains("target/build.log");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Files.delete(checkout.tool("mvn"));

    Checkout.Ended ended = checkout.start("--version");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err()).contains("Maven was not found", "install Maven 3.8 or newer");
  }

  @Test
  void withoutAJdk25ItSaysWhatToInstall() throws Exception {
    Path old = jdk("17.0.9");

    Checkout.Ended ended =
        checkout
            .with("JAVA_HOME", old.toString())
            .with("HYPERLOOP_JDKS", old + ":/nonexistent")
            .start("--version");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err())
        .contains("no JDK 25 was found", old.toString(), "install one, such as Eclipse Temurin 25");
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    checkout
        .with("JAVA_HOME", jdk("1.8.0_402").toString())
        .with("HYPERLOOP_JDKS", jdk("9-internal") + ":" + System.getProperty("java.home"));

    assertThat(checkout.start("--version").exit()).isZero();
  }

  @Test
  void anUnwritableCheckoutSaysSo() throws Exception {
    Files.writeString(checkout.path("target"), "not a folder");

    Checkout.Ended ended = checkout.start("--version");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err()).contains("cannot be written");
  }

  @Test
  void argumentsArriveAsTheyAreEvenWithoutAUtf8Locale() throws Exception {
    Checkout.Ended ended = checkout.with("LC_ALL", "C").start("get", "ü 'x'  漢\"字");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("ü 'x'  漢\"字");
  }

  @Test
  void theCacheIsMadeOnceAndUsedAndOneThatDoesNotMatchIsPassedOver() throws Exception {
    checkout.with("HYPERLOOP_CACHE", "wait").start("--version");
    assertThat(checkout.caches()).hasSize(1);

    Path log = temp.resolve("classes.log");
    Checkout.Ended next =
        checkout
            .with("HYPERLOOP_JAVA_OPTIONS", "-Xlog:class+load:file=" + log + ":none")
            .start("--version");

    assertThat(next.err()).isEmpty();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.matches("io\\.hyperloop\\.Main source: shared objects file.*"));

    Path cache = checkout.caches().getFirst();
    Files.writeString(cache, "broken");
    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(60)));
    Checkout.Ended ended = checkout.with("HYPERLOOP_JAVA_OPTIONS", "").start("--version");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(ended.err()).isEmpty();
  }

  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(temp.resolve("jdk " + version));
    Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\nexit 9\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"");
    return home;
  }
}
