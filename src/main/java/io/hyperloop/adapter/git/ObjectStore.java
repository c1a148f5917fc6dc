package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.ObjectWritingException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Objects and refs of a repository, in this process: single objects are read and written, refs
 * moved by compare-and-swap. Nothing here knows an index, a work tree or the user's configuration.
 */
final class ObjectStore {
  private static final int OBJECT_MAX = 64 << 20;
  private static final int TRIES = 10;

  static {
    // JGit would otherwise run git to look for configuration and keep files in the user's home.
    SystemReader.setInstance(new NoUserConfiguration(SystemReader.getInstance()));
    FS.FileStoreAttributes.setBackground(true);
    var cache = new WindowCacheConfig();
    cache.setPackedGitLimit(8 << 20);
    cache.install();
  }

  private final Repository repository;
  private final Supplier<Git> git;
  private final FileRepository jgit;

  ObjectStore(Repository repository) {
    this(repository, repository::git);
  }

  /**
   * A store.
   *
   * @param git runs where an object of a partial clone has to be fetched first
   */
  ObjectStore(Repository repository, Supplier<Git> git) {
    this.repository = repository;
    this.git = git;
    if (Files.isDirectory(repository.commonDirectory().resolve("reftable"))) {
      throw new PortFailure(
          Problem.environment(
              "the repository keeps its refs in the reftable format, which is not supported",
              repository.commonDirectory().toString(),
              "convert it with: git refs migrate --ref-format=files"));
    }
    try {
      var builder = new FileRepositoryBuilder().setGitDir(repository.commonDirectory().toFile());
      builder.setBare();
      this.jgit = new FileRepository(builder.setup());
      this.jgit.getConfig().setInt("core", null, "compression", Deflater.BEST_SPEED);
    } catch (IOException e) {
      throw failure("the repository cannot be opened", e);
    }
  }

  /** For walks over many objects, which {@link ObjectDatabase} does. */
  FileRepository jgit() {
    return jgit;
  }

  /** Where a ref stands, peeled of nothing; null if it does not exist. */
  @Nullable String ref(String name) {
    try {
      Ref ref = jgit.exactRef(name);
      ObjectId id = ref == null ? null : ref.getObjectId();
      return id == null ? null : id.name();
    } catch (IOException e) {
      throw failure("the ref " + name + " cannot be read", e);
    }
  }

  /**
   * Moves a ref if it still stands where the caller believes.
   *
   * @param old null if the ref is to be made
   * @return false if it stands elsewhere, or somebody holds its lock
   */
  boolean compareAndSwap(String name, @Nullable String old, String next, String why) {
    for (int i = 1; ; i++) {
      try {
        return swap(name, old, next, why);
      } catch (IOException e) {
        // A folder of refs goes with its last one, perhaps just as another is made in it.
        if (i == TRIES) {
          throw failure("the ref " + name + " cannot be moved", e);
        }
        LockSupport.parkNanos(Duration.ofMillis(i).toNanos());
      }
    }
  }

  private boolean swap(String name, @Nullable String old, String next, String why)
      throws IOException {
    RefUpdate update = jgit.updateRef(name, true);
    update.setExpectedOldObjectId(old == null ? ObjectId.zeroId() : ObjectId.fromString(old));
    update.setNewObjectId(ObjectId.fromString(next));
    update.setRefLogIdent(new PersonIdent("hyperloop", "hyperloop@localhost"));
    update.setRefLogMessage("hyperloop: " + why, false);
    // Whether `next` descends from `old` is the caller's business; the swap itself is not forced.
    update.setForceUpdate(true);
    RefUpdate.Result result = update.update();
    return switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
      case LOCK_FAILURE -> false;
      default -> throw failure("the ref " + name + " cannot be moved: " + result, null);
    };
  }

  /** Git over the same objects. */
  Git git() {
    return git.get();
  }

  /** An object's content; asks the git program where a partial clone has to fetch it first. */
  byte[] read(String id) {
    try (ObjectReader reader = jgit.newObjectReader()) {
      return reader.open(ObjectId.fromString(id)).getBytes(OBJECT_MAX);
    } catch (MissingObjectException e) {
      String type = git().run("cat-file", "-t", id);
      return git().succeed(git().attempt("cat-file", type, id)).out();
    } catch (IOException e) {
      throw failure("the object " + id + " cannot be read", e);
    }
  }

  /** The tree of a commit. */
  String treeOf(String commit) {
    String text = new String(read(commit), StandardCharsets.UTF_8);
    if (!text.startsWith("tree ") || text.length() < 45) {
      throw failure(commit + " is not a commit", null);
    }
    return text.substring(5, 45);
  }

  String insertBlob(byte[] content) {
    return insert(Constants.OBJ_BLOB, content);
  }

  String insertTree(byte[] content) {
    return insert(Constants.OBJ_TREE, content);
  }

  String insertCommit(String tree, List<String> parents, PersonIdent who, String message) {
    var text = new StringBuilder("tree ").append(tree).append('\n');
    parents.forEach(parent -> text.append("parent ").append(parent).append('\n'));
    String line = who.toExternalString();
    text.append("author ").append(line).append("\ncommitter ").append(line);
    text.append("\n\n").append(message).append('\n');
    return insert(Constants.OBJ_COMMIT, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The name that git gives to content as a blob. */
  static String blobId(byte[] content) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, content).name();
    }
  }

  private String insert(int type, byte[] content) {
    try {
      return insisting(() -> {
        try (ObjectInserter inserter = jgit.newObjectInserter()) {
          String id = inserter.insert(type, content).name();
          inserter.flush();
          return id;
        }
      });
    } catch (IOException e) {
      throw failure("an object cannot be written", e);
    }
  }

  /** Something that writes objects. */
  @FunctionalInterface
  interface Writing<T> {
    T write() throws IOException;
  }

  /** Tries again: git removes an empty folder of objects, perhaps just as one is put there. */
  static <T> T insisting(Writing<T> work) throws IOException {
    for (int i = 1; ; i++) {
      try {
        return work.write();
      } catch (ObjectWritingException e) {
        if (i == TRIES) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(i).toNanos());
      }
    }
  }

  private PortFailure failure(String what, @Nullable Exception e) {
    var problem =
        Problem.environment(
            e == null ? what : what + ": " + e.getMessage(),
            repository.commonDirectory().toString(),
            "look at the repository with: git fsck");
    return e == null ? new PortFailure(problem) : new PortFailure(problem, e);
  }

  /** Configuration is asked of the git program, which alone knows all places it may stand in. */
  private static final class NoUserConfiguration extends SystemReader.Delegate {
    NoUserConfiguration(SystemReader delegate) {
      super(delegate);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
      return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new Nothing(parent, fs);
    }
  }

  private static final class Nothing extends FileBasedConfig {
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, new File("/dev/null"), fs);
    }

    /** Given, so that JGit does not measure it by writing files beside the user's refs. */
    @Override
    public @Nullable String getString(
        String section, @Nullable String subsection, @Nullable String name) {
      return section.equals("filesystem") ? "2 s" : super.getString(section, subsection, name);
    }

    /**
     * JGit asks how exact the file system's times are, and would find out by writing into the
     * repository. What it assumes where it cannot find out is good enough.
     */
    @Override
    public long getTimeUnit(
        String section, @Nullable String sub, String name, long otherwise, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION)
          : super.getTimeUnit(section, sub, name, otherwise, unit);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
