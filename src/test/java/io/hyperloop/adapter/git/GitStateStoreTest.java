package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.StateStore.Saved;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class GitStateStoreTest extends StateStoreFixture {
  @Test
  void aSaveIsOneCommitThatTouchesOnlyWhatChanged() {
    GitStateStore store = store();
    saved(store, tasks(20), "Plan\nspecs");
    saved(store, started(tasks(20), 3, 7), "Start task-003, task-007");
    assertThat(repository.git("log", "--format=%s|%an <%ae>|%ct", "-2"))
        .isEqualTo(
            """
            Start task-003, task-007 [skip ci]|Test <test@localhost>|1795341600
            Plan specs [skip ci]|Test <test@localhost>|1795341600\
            """);
    assertThat(repository.git("diff-tree", "-r", "--name-status", "HEAD~1", "HEAD"))
        .isEqualTo("M\t.hyperloop/state/tasks/task-003.md\nM\t.hyperloop/state/tasks/task-007.md");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    assertThat(repository.read(".hyperloop/state/format")).isEqualTo("1\n");
    assertThat(repository.path(".hyperloop/state/tasks/.gitkeep")).exists();
    assertThat(repository.git("fsck", "--strict")).isEmpty();
  }

  @Test
  void withoutAnIdentityHyperloopSignsItself() {
    repository.git("config", "user.name", "");
    repository.git("config", "user.email", "");
    saved(store(), tasks(1), "Plan");
    assertThat(repository.git("log", "-1", "--format=%an <%ae> %cn"))
        .isEqualTo("hyperloop <hyperloop@localhost> hyperloop");
  }

  @Test
  void aStateBranchStandsAloneAndTheWorkTreeStaysAsItIs() {
    GitStateStore store = store(new StatePlace.Branch("hyperloop/state"));
    String main = repository.git("rev-parse", "main");
    saved(store, tasks(2), "Plan");
    saved(store, started(tasks(2), 1), "Start");
    assertThat(repository.git("rev-list", "--count", "hyperloop/state")).isEqualTo("2");
    assertThat(repository.git("ls-tree", "--name-only", "hyperloop/state")).isEqualTo(".hyperloop");
    assertThat(repository.git("rev-parse", "main")).isEqualTo(main);
    assertThat(repository.path(TASK)).doesNotExist();
  }

  @Test
  void aPersonsWorkIsNoPartOfASave() {
    GitStateStore store = store();
    saved(store, tasks(2), "Plan");
    repository.write("src/a.txt", "staged\n").write("src/new.txt", "new\n").git("add", "-A");
    repository.write("src/a.txt", "modified\n").write("untracked", "u\n");
    String before = repository.git("status", "--porcelain");
    saved(store, started(tasks(2), 1), "Start");
    assertThat(repository.git("status", "--porcelain")).isEqualTo(before);
    assertThat(repository.git("show", "--format=", "--name-only", "HEAD")).isEqualTo(TASK);
  }

  @Test
  void whatAPersonCommitsMeanwhileIsBuiltUpon() {
    GitStateStore store = store();
    saved(store, tasks(2), "Plan");
    repository.write("src/b.txt", "b\n").commit("by a person");
    saved(store, started(tasks(2), 1), "Start");
    assertThat(repository.git("log", "--format=%s", "-3"))
        .isEqualTo("Start [skip ci]\nby a person\nPlan [skip ci]");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void stateThatAnotherWrotePutsAnEndToItAndNamesHim() {
    GitStateStore store = store();
    saved(store, tasks(2), "Plan");
    repository.git("config", "user.name", "Jane");
    repository.write(TASK, repository.read(TASK).replace("Title 1", "Mine"));
    String theirs = repository.commit("rename a task");
    assertThatThrownBy(() -> store.save(started(tasks(2), 2), "Start"))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("Jane <test@localhost>")
        .hasMessageContaining("rename a task");
    assertThat(repository.git("rev-parse", "main")).isEqualTo(theirs);
    State now = store.load();
    assertThat(now.task(new TaskId(1)).title()).isEqualTo("Mine");
    saved(store, started(now, 2), "Start");
  }

  @Test
  void whatAPersonPutIntoATaskFileSurvivesASave() {
    GitStateStore store = store();
    saved(store, tasks(1), "Plan");
    String styled =
        repository
            .read(TASK)
            .replace("round: 0\n", "# mine\nround: 0  # first\nestimate: 3d\n")
            .replace("title: Title 1", "title: 'Title 1'");
    repository.write(TASK, styled).commit("by hand");
    State state = store.load();
    saved(store, started(state, 1), "Start");
    String once =
        styled.replace("not-started", "in-progress").replace("null\ndeps", "implementer\ndeps");
    assertThat(repository.read(TASK)).isEqualTo(once);
    State next = store.load();
    var done = next.task(new TaskId(1)).edit().round(1).done();
    saved(store, new State(next.tasks().with(List.of(done)), next.reviews(), next.intake()), "Go");
    assertThat(repository.read(TASK)).isEqualTo(once.replace("round: 0  #", "round: 1  #"));
  }

  @Test
  void anUncommittedEditOfATaskFileHoldsTheSaveAndIsKept() {
    GitStateStore store = store();
    saved(store, tasks(2), "Plan");
    String tip = repository.git("rev-parse", "HEAD");
    repository.write(TASK, "a person's\n");
    assertThat(store.save(started(tasks(2), 1), "Start"))
        .isInstanceOf(Saved.Held.class)
        .asString()
        .contains(TASK);
    assertThat(repository.read(TASK)).isEqualTo("a person's\n");
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(tip);
    repository.git("checkout", "-q", TASK);
    saved(store, started(tasks(2), 1), "Start");
  }

  @Test
  void aPersonsMergeHoldsTheSave() {
    GitStateStore store = store();
    saved(store, tasks(1), "Plan");
    repository.git("checkout", "-q", "-b", "other");
    repository.write("src/a.txt", "theirs\n").commit("theirs");
    repository.git("checkout", "-q", "main");
    repository.write("src/a.txt", "ours\n").commit("ours");
    assertThat(Git.in(repository.top()).attempt("merge", "other").ok()).isFalse();
    assertThat(store.save(started(tasks(1), 1), "Start"))
        .isInstanceOf(Saved.Held.class)
        .asString()
        .contains("a merge is in progress");
    assertThat(repository.read("src/a.txt")).contains("<<<<<<<");
  }

  @Test
  void hooksOfThePersonDoNotRun() {
    for (String hook :
        List.of("pre-commit", "commit-msg", "post-commit", "reference-transaction")) {
      repository.write(".git/hooks/" + hook, "#!/bin/sh\nexit 1\n");
      assertThat(repository.path(".git/hooks/" + hook).toFile().setExecutable(true)).isTrue();
    }
    saved(store(), tasks(1), "Plan");
  }

  @Test
  void filesThatAreNotOursAreLeftAlone() {
    saved(store(), tasks(1), "Plan");
    repository.write(".hyperloop/state/notes/x.md", "n\n");
    repository.write(".hyperloop/state/tasks/README.md", "r\n").commit("notes");
    GitStateStore store = store();
    saved(store, started(store.load(), 1), "Start");
    assertThat(repository.git("ls-files", ".hyperloop/state"))
        .contains("notes/x.md")
        .contains("tasks/README.md");
  }

  @Test
  void onlyOneProcessOfTwoThatSaveAtOnceWins() {
    GitStateStore first = store();
    GitStateStore second = store();
    saved(first, tasks(1), "Plan");
    second.load();
    saved(first, started(tasks(1), 1), "Start");
    assertThatThrownBy(() -> second.save(tasks(2), "Plan more"))
        .isInstanceOf(PortFailure.class)
        .asInstanceOf(InstanceOfAssertFactories.type(PortFailure.class))
        .extracting(PortFailure::kind)
        .isEqualTo(Problem.Kind.USER);
  }

  @Test
  void stateStaysWhereItIs() {
    Repository here = repository.repository();
    assertThat(StatePlace.of(here, "main", null, false)).isEqualTo(new StatePlace.Trunk());
    assertThat(StatePlace.of(here, "main", "s", false)).isEqualTo(new StatePlace.Branch("s"));
    saved(store(new StatePlace.Branch("hyperloop/state")), tasks(1), "Plan");
    assertThat(StatePlace.of(here, "main", null, false))
        .isEqualTo(new StatePlace.Branch("hyperloop/state"));
  }

  @Test
  void stateOnTheTrunkStaysThereWhateverIsConfigured() {
    saved(store(), tasks(1), "Plan");
    assertThat(StatePlace.of(repository.repository(), "main", "hyperloop/state", false))
        .isEqualTo(new StatePlace.Trunk());
  }

  @Test
  void stateInBothPlacesIsRefused() {
    saved(store(), tasks(1), "Plan");
    saved(store(new StatePlace.Branch("hyperloop/state")), tasks(1), "Plan");
    assertThatThrownBy(() -> StatePlace.of(repository.repository(), "main", null, false))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("state in two places")
        .hasMessageContaining("hyperloop/state");
  }
}
