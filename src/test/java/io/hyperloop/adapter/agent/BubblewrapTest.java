package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words that are put before a command; whether they do what they say is told by others. */
class BubblewrapTest {
  private static final Path PROGRAM = Path.of("/usr/bin/bwrap");

  @TempDir Path temp;
  private Path root;
  private Path workTree;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void begin() throws IOException {
    root = temp.toRealPath();
    workTree = folder("state/worktrees/task-001");
    for (String file : List.of("home/code/a", "home/.ssh/id", "home/.cargo/bin/cargo")) {
      write(file, "");
    }
    for (String name : List.of("git/worktrees/own", "git/worktrees/other", "git/hyperloop/inbox")) {
      var unused = folder(name);
    }
    for (String name : List.of("git/objects/pack", "git/objects/info", "git/refs")) {
      var unused = folder(name);
    }
    write("git/worktrees/own/gitdir", workTree.resolve(".git") + "\n");
    write("git/worktrees/other/gitdir", root.resolve("elsewhere/.git") + "\n");
    write("state/worktrees/task-001/.git", "gitdir: " + root.resolve("git/worktrees/own") + "\n");
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private List<String> words(boolean network, Path... writable) {
    var machine =
        new Bubblewrap.Machine(
            root.resolve("state"), root.resolve("git"), Set.of(root.resolve("home")), environment);
    return new Bubblewrap(PROGRAM, machine, network, List.of(writable))
        .cell(
            new Sandbox.Place(
                workTree,
                Set.of(),
                Set.of(root.resolve("home/.own")),
                Set.of(root.resolve("home/.own/settings"))))
        .command(List.of("run", "it"));
  }

  private String said(Path... writable) {
    return String.join(" ", words(true, writable)) + " ";
  }

  private int at(String words) {
    assertThat(said()).contains(words + " ");
    return said().indexOf(words + " ");
  }

  private String bind(String how, String name) {
    return how + " " + root.resolve(name) + " " + root.resolve(name);
  }

  private String tmpfs(String name) {
    return "--tmpfs " + root.resolve(name);
  }

  @Test
  void theCommandComesLast() {
    assertThat(said()).startsWith(PROGRAM + " --unshare-pid ").endsWith(" -- run it ");
  }

  @Test
  void processesAreOfTheirOwnAndEndWithUs() {
    assertThat(words(true))
        .contains("--unshare-pid", "--unshare-ipc", "--die-with-parent", "--new-session")
        .containsSequence("--cap-drop", "ALL")
        .doesNotContain("--unshare-net");
  }

  @Test
  void withoutTheNetworkThereIsNone() {
    assertThat(words(false)).contains("--unshare-net");
  }

  @Test
  void theStateIsHiddenButForTheWorkTreeInIt() {
    assertThat(at(tmpfs("state"))).isLessThan(at(bind("--bind", "state/worktrees/task-001")));
  }

  @Test
  void statesOfOtherRepositoriesAreHiddenToo() throws IOException {
    Path state = folder("state-home/hyperloop/this-1234");
    var machine = new Bubblewrap.Machine(state, null, Set.of(), environment);

    assertThat(
            new Bubblewrap(PROGRAM, machine, true, List.of())
                .cell(new Sandbox.Place(workTree, Set.of()))
                .before())
        .containsSequence("--tmpfs", root.resolve("state-home/hyperloop").toString());
  }

  @Test
  void ofGitOnlyObjectsAndTheOwnFolderAreWritable() {
    assertThat(at(bind("--ro-bind", "git")))
        .isLessThan(at(bind("--bind", "git/objects")))
        .isLessThan(at(bind("--bind", "git/worktrees/own")))
        .isLessThan(at(tmpfs("git/hyperloop")));
    assertThat(at(bind("--bind", "git/objects")))
        .isLessThan(at(bind("--ro-bind", "git/objects/pack")))
        .isLessThan(at(bind("--ro-bind", "git/objects/info")));
    assertThat(said()).doesNotContain(root.resolve("git/worktrees/other").toString());
  }

  @Test
  void ofHomeNothingIsSeenThatBeginsWithADotButTools() {
    assertThat(at(tmpfs("home"))).isLessThan(at(bind("--ro-bind-try", "home/code")));
    assertThat(at(bind("--ro-bind-try", "home/.cargo/bin"))).isPositive();
    assertThat(said()).doesNotContain(".ssh");
  }

  @Test
  void theProgramsOwnFilesAreOpened() {
    assertThat(at(bind("--bind-try", "home/.own"))).isGreaterThan(at(tmpfs("home")));
  }

  @Test
  void itsSettingsAreNotForItToChange() {
    assertThat(at(bind("--ro-bind-try", "home/.own/settings")))
        .isGreaterThan(at(bind("--bind-try", "home/.own")));
  }

  @Test
  void aWritablePathIsNotMadeReadOnlyBelow() {
    assertThat(said(root.resolve("home/.cargo")))
        .contains(bind("--bind-try", "home/.cargo"))
        .doesNotContain("home/.cargo/bin");
  }

  @Test
  void programsInPathAreSeenEvenBelowADot() throws IOException {
    environment.put("PATH", "/usr/bin:" + folder("home/.tool/bin"));

    assertThat(at(bind("--ro-bind-try", "home/.tool/bin"))).isPositive();
  }

  @Test
  void credentialsThatHomeOnlyLinksToAreHiddenWhereTheyAre() throws IOException {
    Files.createSymbolicLink(root.resolve("home/.aws"), folder("dotfiles/aws"));

    assertThat(at(tmpfs("dotfiles/aws"))).isPositive();
  }

  @Test
  void whatAVariableNamesAsCredentialsIsHidden() throws IOException {
    write("cluster.yaml", "token");
    environment.put("KUBECONFIG", root.resolve("cluster.yaml").toString());

    assertThat(at("--ro-bind /dev/null " + root.resolve("cluster.yaml"))).isPositive();
  }

  @Test
  void aLinkInHomeStaysALink() throws IOException {
    Files.createSymbolicLink(root.resolve("home/all"), root);

    assertThat(at("--symlink " + root + " " + root.resolve("home/all"))).isPositive();
  }

  @Test
  void aWorkTreeThatNamesAnothersFolderOfGitIsRefused() throws IOException {
    write("state/worktrees/task-001/.git", "gitdir: " + root.resolve("git/worktrees/other") + "\n");

    assertThatThrownBy(() -> words(true)).isInstanceOf(PortFailure.class);
  }

  @Test
  void aWorkTreeThatNamesAFolderOutsideOfGitIsRefused() throws IOException {
    write("home/.ssh/gitdir", workTree.resolve(".git").toString());
    write("state/worktrees/task-001/.git", "gitdir: " + root.resolve("home/.ssh") + "\n");

    assertThatThrownBy(() -> words(true)).isInstanceOf(PortFailure.class);
  }

  @Test
  void aLinkInPlaceOfTheWorkTreesGitFileIsRefused() throws IOException {
    Files.move(workTree.resolve(".git"), root.resolve("moved"));
    Files.createSymbolicLink(workTree.resolve(".git"), root.resolve("moved"));

    assertThatThrownBy(() -> words(true)).isInstanceOf(PortFailure.class);
  }
}
