package io.hyperloop.adapter.ledger;

import io.hyperloop.adapter.disk.WholeFile;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Budget;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.PortFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in {@code <state directory>/usage}: {@code ledger.jsonl} with a line for each worker
 * that has ended, {@code running/<worker>.json} for each that works, {@code run} with the start of
 * the run. A worker counts to the day on which it was last heard of.
 */
public final class FileLedger implements Ledger {
  private static final String ENDED = "ledger.jsonl";
  private static final String RUNNING = "running";
  private static final String RUN = "run";
  private static final int LINE_MAX = 64 << 10;

  private final Path directory;
  private final Budget.Period per;
  private final InstantSource clock;
  private final ZoneId zone;

  /** Workers that have not ended, by name. Guarded by this, like all below. */
  private final Map<String, LedgerLine> running = new HashMap<>();

  private final Map<String, Allowance> allowances = new HashMap<>();

  /** Of workers that have ended. */
  private final Map<TaskId, Usage> tasks = new HashMap<>();

  /** The same by day, and since the run began. */
  private final Map<LocalDate, Usage> days = new HashMap<>();

  private Usage run = Usage.NONE;
  private LocalDate day;
  private final Instant runSince;
  private @Nullable Spending known;

  private FileLedger(
      Path directory, Budget.Period per, InstantSource clock, ZoneId zone, Instant runSince) {
    this.directory = directory;
    this.per = per;
    this.clock = clock;
    this.zone = zone;
    this.runSince = runSince;
    this.day = LocalDate.ofInstant(clock.instant(), zone);
  }

  /**
   * Reads what was written down under a state directory; a line that was cut off by a kill counts
   * for nothing.
   *
   * @param per what {@link Spending#period()} is
   * @param zone whose days count
   * @throws PortFailure if there are files that cannot be read: nobody would know what was spent
   */
  public static FileLedger open(
      Path stateDirectory, Budget.Period per, InstantSource clock, ZoneId zone) {
    Path directory = stateDirectory.resolve("usage");
    try {
      var ledger = new FileLedger(directory, per, clock, zone, runSince(directory, clock));
      ledger.read();
      return ledger;
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  private static Instant runSince(Path directory, InstantSource clock) throws IOException {
    try {
      return Instant.parse(Files.readString(directory.resolve(RUN)).strip());
    } catch (NoSuchFileException | DateTimeParseException e) {
      return clock.instant();
    }
  }

  private void read() throws IOException {
    var lines = new LinkedHashMap<String, LedgerLine>();
    readEnded(directory, line -> lines.put(line.entry().worker(), line));
    lines.values().forEach(this::close);
    for (LedgerLine line : readRunning(directory)) {
      // Killed between its last line and the removal of its file: it is known already.
      if (!lines.containsKey(line.entry().worker())) {
        running.put(line.entry().worker(), line);
      }
    }
  }

  private static void readEnded(Path directory, Consumer<LedgerLine> to) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(directory.resolve(ENDED))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        LedgerLine.ifReadable(line).ifPresent(to);
      }
    } catch (NoSuchFileException e) {
      // No agent has ended yet.
    }
  }

  private static List<LedgerLine> readRunning(Path directory) throws IOException {
    var lines = new ArrayList<LedgerLine>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory.resolve(RUNNING), "*.json")) {
      for (Path file : files) {
        if (Files.size(file) <= LINE_MAX) {
          LedgerLine.ifReadable(Files.readString(file)).ifPresent(lines::add);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // No agent is at work.
    }
    return lines;
  }

  private void close(LedgerLine line) {
    if (line.entry().key() instanceof JobKey.TaskStep step) {
      tasks.merge(step.task(), line.entry().usage(), Usage::plus);
    }
    days.merge(LocalDate.ofInstant(line.at(), zone), line.entry().usage(), Usage::plus);
    if (!line.at().isBefore(runSince)) {
      run = run.plus(line.entry().usage());
    }
    known = null;
  }

  private boolean counts(LedgerLine line) {
    return switch (per) {
      case RUN -> !line.at().isBefore(runSince);
      case DAY -> LocalDate.ofInstant(line.at(), zone).equals(day);
    };
  }

  /** Begins a run, or goes on with one that was killed, whose agents are gone. */
  public synchronized void begin() {
    writeQuietly(directory.resolve(RUN), runSince.toString());
    endLine();
    List.copyOf(running.keySet()).forEach(this::ended);
  }

  /** A line that a kill cut off must not swallow the next one. */
  private void endLine() {
    Path log = directory.resolve(ENDED);
    try {
      if (Files.exists(log)) {
        Files.writeString(log, "\n", StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      // Then the next line cannot be written either, and its worker's own file stays.
    }
  }

  /** Ends the run: the next one counts from its own start. */
  public synchronized void end() {
    try {
      Files.deleteIfExists(directory.resolve(RUN));
    } catch (IOException e) {
      // Then the next run has less left, which is the safe side.
    }
  }

  @Override
  public synchronized void used(Entry entry) {
    var line = new LedgerLine(clock.instant(), entry);
    running.put(entry.worker(), line);
    known = null;
    writeQuietly(file(entry.worker()), line.write());
  }

  @Override
  public synchronized void ended(String worker) {
    LedgerLine line = running.remove(worker);
    if (line == null) {
      return;
    }
    close(line);
    try {
      Files.writeString(
          directory.resolve(ENDED),
          line.write() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Files.deleteIfExists(file(worker));
    } catch (IOException e) {
      // Its own file says the same, and is read at the next start.
    }
  }

  @Override
  public synchronized void allowance(String program, Allowance allowance) {
    allowances.put(program, allowance);
    known = null;
  }

  @Override
  public synchronized Spending spending() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    if (!today.equals(day)) {
      day = today;
      known = null;
    }
    Spending current = known;
    if (current == null) {
      current = sum();
      known = current;
    }
    return current;
  }

  private Spending sum() {
    var byTask = new HashMap<>(tasks);
    Usage all =
        switch (per) {
          case RUN -> run;
          case DAY -> days.getOrDefault(day, Usage.NONE);
        };
    for (LedgerLine line : running.values()) {
      if (line.entry().key() instanceof JobKey.TaskStep step) {
        byTask.merge(step.task(), line.entry().usage(), Usage::plus);
      }
      if (counts(line)) {
        all = all.plus(line.entry().usage());
      }
    }
    return new Spending(all, byTask, allowances);
  }

  /**
   * All that was ever written down under a state directory, without the need of an orchestrator.
   *
   * @throws PortFailure if it cannot be read
   */
  public static Collection<Entry> all(Path stateDirectory) {
    Path directory = stateDirectory.resolve("usage");
    var entries = new LinkedHashMap<String, Entry>();
    try {
      readEnded(directory, line -> entries.put(line.entry().worker(), line.entry()));
      readRunning(directory).forEach(line -> entries.put(line.entry().worker(), line.entry()));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    return entries.values();
  }

  private static PortFailure unreadable(Path directory, IOException e) {
    return new PortFailure(
        Problem.environment(
            "what agents have used cannot be read: " + e.getMessage(),
            directory.toString(),
            "see to its permissions, or move it away to begin a new account"),
        e);
  }

  private Path file(String worker) {
    return directory.resolve(RUNNING).resolve(worker + ".json");
  }

  private static void writeQuietly(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A full disk: in memory it is known, and no agent is started without room on the disk.
    }
  }
}
