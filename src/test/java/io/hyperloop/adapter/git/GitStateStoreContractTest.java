package io.hyperloop.adapter.git;

import io.hyperloop.port.StateStore;
import io.hyperloop.port.StateStoreContract;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract in both places, over every kind of repository that people have. */
class GitStateStoreContractTest {
  private static final StatePlace TRUNK = new StatePlace.Trunk();
  private static final StatePlace BRANCH = new StatePlace.Branch("hyperloop/state");

  abstract static class OverGit extends StateStoreContract {
    @TempDir protected Path directory;
    private final StatePlace place;
    private Repository repository;

    OverGit(StatePlace place) {
      this.place = place;
    }

    @BeforeEach
    void aRepository() {
      TestRepository plain = TestRepository.create(directory.resolve("plain"));
      plain.write("src/a b.txt", "a\n").write("docs/x.md", "x\n").commit("content");
      repository = Repository.around(made(plain));
    }

    abstract Path made(TestRepository plain);

    @Override
    protected StateStore store() {
      return new GitStateStore(
          repository,
          Bases.of(repository, "main"),
          place,
          true,
          InstantSource.fixed(Instant.EPOCH));
    }
  }

  abstract static class Plain extends OverGit {
    Plain(StatePlace place) {
      super(place);
    }

    @Override
    Path made(TestRepository plain) {
      return plain.top();
    }
  }

  abstract static class Linked extends OverGit {
    Linked(StatePlace place) {
      super(place);
    }

    @Override
    Path made(TestRepository plain) {
      Path linked = directory.resolve("linked");
      plain.git("checkout", "-q", "--detach");
      plain.git("worktree", "add", "-q", linked.toString(), "main");
      return linked;
    }
  }

  abstract static class Sparse extends OverGit {
    Sparse(StatePlace place) {
      super(place);
    }

    @Override
    Path made(TestRepository plain) {
      plain.git("sparse-checkout", "set", "--cone", "--sparse-index", "docs");
      return plain.top();
    }
  }

  abstract static class Partial extends OverGit {
    Partial(StatePlace place) {
      super(place);
    }

    @Override
    Path made(TestRepository plain) {
      plain.git("config", "uploadpack.allowFilter", "true");
      Path partial = directory.resolve("partial");
      plain.git("clone", "-q", "--filter=blob:none", "file://" + plain.top(), partial.toString());
      Git.in(partial).run("remote", "rename", "origin", "upstream");
      // No remote of the branch's own, so that the contract's sync has nowhere to go.
      Git.in(partial).run("config", "--unset", "branch.main.remote");
      Git.in(partial).run("remote", "add", "second", "file://" + plain.top());
      return partial;
    }
  }

  @Nested
  class TrunkOfAPlainRepository extends Plain {
    TrunkOfAPlainRepository() {
      super(TRUNK);
    }
  }

  @Nested
  class BranchOfAPlainRepository extends Plain {
    BranchOfAPlainRepository() {
      super(BRANCH);
    }
  }

  @Nested
  class TrunkOfALinkedWorkTree extends Linked {
    TrunkOfALinkedWorkTree() {
      super(TRUNK);
    }
  }

  @Nested
  class BranchOfALinkedWorkTree extends Linked {
    BranchOfALinkedWorkTree() {
      super(BRANCH);
    }
  }

  @Nested
  class TrunkOfASparseCheckout extends Sparse {
    TrunkOfASparseCheckout() {
      super(TRUNK);
    }
  }

  @Nested
  class BranchOfASparseCheckout extends Sparse {
    BranchOfASparseCheckout() {
      super(BRANCH);
    }
  }

  @Nested
  class TrunkOfAPartialClone extends Partial {
    TrunkOfAPartialClone() {
      super(TRUNK);
    }
  }

  @Nested
  class BranchOfAPartialClone extends Partial {
    BranchOfAPartialClone() {
      super(BRANCH);
    }
  }
}
