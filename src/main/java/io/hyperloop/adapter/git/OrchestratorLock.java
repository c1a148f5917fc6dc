package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * At most one orchestrator per repository: a lock of the operating system, which ends with the
 * process however that ends. The file's text is for messages only.
 */
public final class OrchestratorLock implements AutoCloseable {
  /**
   * What this process holds. POSIX drops a process's locks on a file as soon as it closes any
   * descriptor of it, so a file that we hold is never opened a second time.
   */
  private static final Map<Path, Holder> HELD = new ConcurrentHashMap<>();

  /** Tries, since one who only looks holds a shared lock for a moment. */
  private static final int TRIES = 20;

  private final Path file;
  private final FileChannel channel;

  private OrchestratorLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Who holds the lock, in his own words. */
  public record Holder(long pid, String host, String since) {
    private static Holder parse(String text) {
      String[] words = text.strip().split(" ", 3);
      boolean whole = words.length == 3 && words[0].matches("[0-9]{1,18}");
      return whole
          ? new Holder(Long.parseLong(words[0]), words[1], words[2])
          : new Holder(0, "unknown", "unknown");
    }

    /** For people: which process, where, since when. */
    public String words() {
      return "process " + pid + " on " + host + ", since " + since;
    }

    private String line() {
      return pid + " " + host + " " + since + "\n";
    }
  }

  /**
   * Takes the lock for as long as it is not closed.
   *
   * @param now for the message that others will see
   * @throws PortFailure of kind ENVIRONMENT naming the holder if it is taken
   */
  public static OrchestratorLock take(Repository repository, Instant now) {
    Path file = file(repository);
    Holder self = self(now);
    Holder other = HELD.putIfAbsent(file, self);
    if (other != null) {
      throw taken(file, other);
    }
    FileChannel channel = null;
    try {
      Files.createDirectories(repository.privateDirectory());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        throw taken(file, read(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self.line().getBytes(StandardCharsets.UTF_8)), 0);
      return new OrchestratorLock(file, channel);
    } catch (PortFailure e) {
      forget(file, channel);
      throw e;
    } catch (IOException e) {
      forget(file, channel);
      throw unusable(file, e);
    }
  }

  /** This process, as others are told of it. */
  static Holder self(Instant now) {
    return new Holder(
        ProcessHandle.current().pid(), host(), now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Who holds the lock now. Looks only: a lock that is free stays free. */
  public static Optional<Holder> holder(Repository repository) {
    Path file = file(repository);
    Holder self = HELD.get(file);
    if (self != null) {
      return Optional.of(self);
    }
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    // A shared lock: two that look at once do not take each other for a holder.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      FileLock free = channel.tryLock(0, Long.MAX_VALUE, true);
      if (free == null) {
        return Optional.of(read(file));
      }
      free.release();
      return Optional.empty();
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public void close() {
    forget(file, channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (tryLock(channel) != null) {
        return true;
      }
      LockSupport.parkNanos(10_000_000);
    }
    return false;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static Holder read(Path file) {
    try {
      return Holder.parse(Files.readString(file));
    } catch (IOException e) {
      return Holder.parse("");
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static void forget(Path file, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
    HELD.remove(file);
  }

  private static PortFailure taken(Path file, Holder by) {
    return new PortFailure(
        Problem.environment(
            "another hyperloop works on this repository: " + by.words(),
            file.toString(),
            "wait for it, or end it; what you ask for reaches it through its inbox"));
  }

  private static PortFailure unusable(Path file, IOException e) {
    return new PortFailure(
        Problem.environment(
            "the lock file cannot be used: " + e.getMessage(),
            file.toString(),
            "make the git directory writable for you"),
        e);
  }

  private static Path file(Repository repository) {
    return repository.privateDirectory().resolve("lock");
  }
}
