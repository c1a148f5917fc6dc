package io.hyperloop.adapter.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizeTemplatesTest {
  private static final String OVERLAY = ".hyperloop/agents/";

  @TempDir Path folder;
  private TestRepository repository;
  private String pristine;

  @BeforeEach
  void initialise() {
    repository = TestRepository.create(folder.resolve("repository"));
    new Layout(OVERLAY, null)
        .files("main")
        .forEach(
            (path, content) -> repository.write(path, new String(content, StandardCharsets.UTF_8)));
    pristine = repository.commit("Set up hyperloop");
  }

  @Test
  void whatInitWroteNeedsNoProgram() {
    Playbook playbook = templates(Programs.NONE).at(pristine);

    assertThat(playbook.agents())
        .containsOnlyKeys("pm", "implementer", "verifier", "process-improver");
    assertThat(agent(playbook, "pm").writes()).isFalse();
    assertThat(agent(playbook, "verifier").writes()).isFalse();
    assertThat(agent(playbook, "implementer").writes()).isTrue();
    assertThat(agent(playbook, "implementer").guidelines()).containsOnlyKeys("base");
    assertThat(playbook.process().pipeline().steps())
        .extracting(Pipeline.Step::phase)
        .containsExactly("implementer", "verifier", "merge-pr");
    assertThat(playbook.warnings()).isEmpty();
  }

  @Test
  void anOverlayElsewhereIsPristineToo() {
    new Layout("team/agents", null)
        .files("main")
        .forEach(
            (path, content) -> repository.write(path, new String(content, StandardCharsets.UTF_8)));
    String tip = repository.commit("another overlay");

    var templates =
        new KustomizeTemplates(repository.repository(), "team/agents", Programs.NONE, false);

    assertThat(templates.at(tip).agents()).hasSize(4);
  }

  @Test
  void anEditWithoutAProgramToBuildItIsTheEnvironmentsFault() {
    String tip =
        edited(".hyperloop/agents/process/process.yaml", "pipeline: [{action: merge-pr}]\n");

    PortFailure failure = failure(templates(Programs.NONE), tip);

    assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
    assertThat(failure).hasMessageContaining("neither kustomize nor kubectl is found");
    assertThat(failure).hasMessageContaining("install kustomize");
  }

  @Test
  void anExtraFileIsAnEdit() {
    String tip = edited(".hyperloop/agents/extra.yaml", "a: 1\n");

    assertThat(failure(templates(Programs.NONE), tip).kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
  }

  @Test
  void kustomizesOwnMessageReachesTheUser() {
    String tip = edited(".hyperloop/agents/kustomization.yaml", "resources: [gone.yaml]\n");
    Map<String, String> kustomize =
        Programs.script(
            folder.resolve("bin"),
            "kustomize",
            "echo \"Error: no such file gone.yaml in $2\" >&2; exit 1");

    PortFailure failure = failure(templates(kustomize), tip);

    assertThat(failure.kind()).isEqualTo(Problem.Kind.USER);
    assertThat(failure)
        .hasMessageContaining("Error: no such file gone.yaml in .hyperloop/agents")
        .hasMessageContaining("kustomize build .hyperloop/agents");
  }

  @Test
  void theNetworksFaultIsTheEnvironments() {
    String tip = edited(".hyperloop/agents/kustomization.yaml", "resources: [https://x/y]\n");
    Map<String, String> kustomize =
        Programs.script(
            folder.resolve("bin"),
            "kustomize",
            "echo \"fatal: unable to access 'https://x/y/': Could not resolve host: x\" >&2; exit"
                + " 1");

    assertThat(failure(templates(kustomize), tip).kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
  }

  @Test
  void endlessOutputIsEnded() {
    String tip = edited(".hyperloop/agents/kustomization.yaml", "resources: [../base]\n");
    Map<String, String> kustomize =
        Programs.script(folder.resolve("bin"), "kustomize", "exec /bin/cat /dev/zero");

    assertThat(failure(templates(kustomize), tip))
        .hasMessageContaining("printed more than 16 MiB and was ended");
  }

  @Test
  void aProgramThatDoesNotEndIsEnded() {
    Map<String, String> environment =
        Programs.script(folder.resolve("bin"), "kustomize", "exec /bin/sleep 600");
    KustomizeProgram program =
        KustomizeProgram.find(environment, java.time.Duration.ofMillis(50)).orElseThrow();

    var failure =
        catchThrowableOfType(PortFailure.class, () -> program.build(folder, "x", "the overlay"));

    assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
    assertThat(failure).hasMessageContaining("did not end within 0 s and was ended");
  }

  @Test
  void theSameContentIsBuiltOnce() throws IOException {
    String tip = edited(".hyperloop/agents/kustomization.yaml", "resources: [../base]\n");
    Path count = folder.resolve("count");
    KustomizeTemplates templates = templates(counting(count));

    Playbook first = templates.at(tip);
    repository.write("unrelated.txt", "x");
    Playbook second = templates.at(repository.commit("unrelated"));
    String third = edited(".hyperloop/agents/kustomization.yaml", "resources: [../base] # edit\n");

    assertThat(second).isSameAs(first);
    assertThat(templates.at(third)).isNotSameAs(first);
    assertThat(Files.readString(count)).isEqualTo("xx");
  }

  @Test
  void onlyWhatIsCommittedCounts() {
    repository.write(".hyperloop/agents/process/process.yaml", "broken: [");
    repository.write(".hyperloop/agents/new file.yaml", "x");

    Playbook playbook = templates(Programs.NONE).at(pristine);

    assertThat(playbook.warnings())
        .containsExactly(
            "not committed and so not used: .hyperloop/agents/process/process.yaml,"
                + " .hyperloop/agents/new file.yaml");
  }

  @Test
  void aCommitWithoutTheOverlayIsNamed() {
    repository.git("rm", "-r", "-q", ".hyperloop/agents");
    String tip = repository.commit("gone");

    assertThat(failure(templates(Programs.NONE), tip))
        .hasMessageContaining("the overlay is not in the commit " + tip.substring(0, 7))
        .hasMessageContaining("hyperloop init");
  }

  @Test
  void aSymbolicLinkInTheOverlayIsRefused() throws IOException {
    Files.createSymbolicLink(
        repository.path(".hyperloop/agents/link.yaml"), Path.of("process/process.yaml"));
    String tip = repository.commit("a link");

    assertThat(failure(templates(Programs.NONE), tip))
        .hasMessageContaining("a symbolic link")
        .hasMessageContaining(".hyperloop/agents/link.yaml");
  }

  @Test
  void aRemoteOverlayIsFetchedOncePerRun() throws IOException {
    Path count = folder.resolve("count");
    Map<String, String> environment = counting(count);
    var templates =
        new KustomizeTemplates(
            repository.repository(), "https://example.com/team//agents?ref=v1", environment, false);

    assertThat(templates.at(pristine)).isSameAs(templates.at(edited("x.txt", "x")));
    assertThat(Files.readString(count)).isEqualTo("x");
  }

  @Test
  void aRemoteOverlayNeedsAProgram() {
    var templates =
        new KustomizeTemplates(
            repository.repository(),
            "https://example.com/team//agents?ref=v1",
            Programs.NONE,
            false);

    assertThat(failure(templates, pristine).kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
  }

  /** A kustomize that prints the shipped base, whatever it is asked, and keeps count. */
  private Map<String, String> counting(Path count) {
    Path base = repository.path(".hyperloop/base");
    return Programs.script(
        folder.resolve("bin"),
        "kustomize",
        "printf x >> '%s'; for f in pm implementer verifier process; do echo ---; /bin/cat '%s'/$f.yaml; done"
            .formatted(count, base));
  }

  private KustomizeTemplates templates(Map<String, String> environment) {
    return new KustomizeTemplates(repository.repository(), OVERLAY, environment, false);
  }

  private String edited(String path, String text) {
    repository.write(path, text);
    return repository.commit("edit " + path);
  }

  private static PortFailure failure(KustomizeTemplates templates, String tip) {
    return catchThrowableOfType(PortFailure.class, () -> templates.at(tip));
  }

  private static AgentTemplate agent(Playbook playbook, String name) {
    return Objects.requireNonNull(playbook.agents().get(name));
  }
}
