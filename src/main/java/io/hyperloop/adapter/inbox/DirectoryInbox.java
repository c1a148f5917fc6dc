package io.hyperloop.adapter.inbox;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Request;
import io.hyperloop.port.Inbox;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file per request in {@code <common directory>/hyperloop/inbox}, written under another name
 * and renamed, so that none is ever seen half written. A request's id is its file's name: the time
 * it was made, and a random part, so that ids sort by time.
 *
 * <p>A file that is no request is moved to {@code rejected/}, and told of.
 */
public final class DirectoryInbox implements Inbox, AutoCloseable {
  private static final String SUFFIX = ".json";
  private static final String REJECTED = "rejected";

  /** A request with the longest text, every character escaped, fits. */
  private static final int BYTES_MAX = 512 << 10;

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z._-]{1,200}");
  private static final int PENDING_MAX = 1_000;
  private static final int REJECTED_MAX = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path directory;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BiConsumer<Path, String> onRejected;
  private final Set<Path> stuck = ConcurrentHashMap.newKeySet();
  private @Nullable DirectoryWatch watch;

  /**
   * The inbox in that directory, which is made when needed.
   *
   * @param onRejected told of each file set aside, by its new name and why
   */
  public DirectoryInbox(
      Path directory,
      InstantSource clock,
      RandomGenerator random,
      BiConsumer<Path, String> onRejected) {
    this.directory = directory;
    this.clock = clock;
    this.random = random;
    this.onRejected = onRejected;
  }

  /**
   * Leaves a request for the running orchestrator, or the next.
   *
   * @param make gives the request of that id
   * @throws PortFailure if it cannot be written, or the request is not one that would be read
   */
  public Request put(Function<String, Request> make) {
    String id =
        TIME.format(clock.instant()) + "-" + String.format(Locale.ROOT, "%08x", random.nextInt());
    Request request = make.apply(id);
    byte[] json = RequestFile.write(request);
    try {
      Request read = RequestFile.read(id, json);
      if (!read.equals(request)) {
        throw new IllegalArgumentException("it does not read back as it was");
      }
    } catch (IllegalArgumentException e) {
      throw new PortFailure(Problem.user("this cannot be asked: " + e.getMessage(), "", ""), e);
    }
    Path draft = directory.resolve("." + id);
    try {
      Files.createDirectories(directory);
      Files.write(draft, json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(draft, directory.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteQuietly(draft);
      throw unusable("cannot be written", e);
    }
    return request;
  }

  @Override
  public List<Request> pending() {
    var requests = new ArrayList<Request>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      String id = name.substring(0, name.length() - SUFFIX.length());
      try {
        if (!ID.matcher(id).matches()) {
          throw new IllegalArgumentException("not a request's name");
        }
        requests.add(RequestFile.read(id, bytes(file)));
      } catch (NoSuchFileException e) {
        // Discarded meanwhile.
      } catch (IOException | IllegalArgumentException e) {
        setAside(file, e.getMessage() == null ? "unreadable" : e.getMessage());
      }
    }
    return requests;
  }

  private List<Path> files() {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "[!.]*" + SUFFIX)) {
      entries.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (NotDirectoryException e) {
      throw unusable("is not a directory", e);
    } catch (IOException e) {
      throw unusable("cannot be read", e);
    }
    files.sort(null);
    return files.size() > PENDING_MAX ? files.subList(0, PENDING_MAX) : files;
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(file.toString());
      }
      throw new IllegalArgumentException("not a regular file");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IllegalArgumentException("larger than " + (BYTES_MAX >> 10) + " KiB");
      }
      return bytes;
    }
  }

  private void setAside(Path file, String why) {
    Path rejected = directory.resolve(REJECTED);
    Path to = rejected.resolve(file.getFileName());
    try {
      Files.createDirectories(rejected);
      if (count(rejected) < REJECTED_MAX) {
        Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It stays, and is looked at again: nothing else depends on it.
      if (!stuck.add(file)) {
        return;
      }
      to = file;
    }
    onRejected.accept(to, why);
  }

  private static int count(Path folder) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        count += entry.getFileName() == null ? 0 : 1;
      }
    }
    return count;
  }

  @Override
  public void discard(String id) {
    if (!ID.matcher(id).matches()) {
      return;
    }
    try {
      Files.deleteIfExists(directory.resolve(id + SUFFIX));
    } catch (IOException e) {
      throw unusable("cannot be written", e);
    }
  }

  @Override
  public synchronized void onChange(Runnable wake) {
    if (watch == null) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw unusable("cannot be made", e);
      }
      watch = new DirectoryWatch(directory);
    }
    watch.add(wake);
  }

  /** Ends the wake-ups. */
  @Override
  public synchronized void close() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private PortFailure unusable(String what, IOException e) {
    return new PortFailure(
        Problem.environment(
            "the inbox " + what + ": " + e.getMessage(),
            directory.toString(),
            "see to it that this is a directory of yours with room on the disk"),
        e);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A draft is never read.
    }
  }
}
