package io.hyperloop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The arrows point inwards: cli and adapters to loop, port and domain, never back. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.hyperloop");

  @Test
  void theDomainKnowsOnlyJava() {
    classes()
        .that()
        .resideInAPackage("io.hyperloop.domain")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.hyperloop.domain",
            "java.lang..",
            "java.util..",
            "java.time..",
            "java.nio.charset..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void portsKnowTheDomain() {
    classes()
        .that()
        .resideInAPackage("io.hyperloop.port")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.hyperloop.domain",
            "io.hyperloop.port",
            "java.lang..",
            "java.util..",
            "java.nio.file..",
            "java.time..",
            "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void theLoopKnowsDomainAndPorts() {
    noClasses()
        .that()
        .resideInAPackage("io.hyperloop.loop")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.hyperloop",
            "io.hyperloop.adapter..",
            "io.hyperloop.config",
            "io.hyperloop.cli",
            "java.io..",
            "java.nio..",
            "java.net..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void adaptersDoNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.hyperloop.adapter..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.hyperloop", "io.hyperloop.cli", "io.hyperloop.loop")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheEmbeddedAgentKnowsItsSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hyperloop.adapter.agent.anthropic")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.anthropic..", "com.google.auth..", "software.amazon..")
        .check(CLASSES);
  }

  @Test
  void onlyTheAdapterOfGitHubKnowsItsClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hyperloop.adapter.github")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.kohsuke..")
        .check(CLASSES);
  }

  @Test
  void nobodyInsideReadsTheClockOrTheEnvironment() {
    for (String inside : new String[] {"io.hyperloop.domain", "io.hyperloop.loop"}) {
      noClasses()
          .that()
          .resideInAPackage(inside)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }
}
