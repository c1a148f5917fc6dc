package io.hyperloop.bench;

import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Request;
import io.hyperloop.loop.Bell;
import io.hyperloop.loop.Orders;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Reconciler;
import io.hyperloop.port.Inbox;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Cycles of the real loop over a real repository, one after the other because a bell keeps ringing.
 */
public final class IdleCycles {
  private static final int CYCLES = 600;
  private static final int WARM_UP = 200;

  private IdleCycles() {}

  /** A repository with 5,000 tasks of which five wait for a person. */
  public static TestRepository repository(Path directory) {
    TestRepository repository = TestRepository.create(directory);
    Program.Ended init = Program.in(repository.top()).run("init");
    if (init.exit() != 0) {
      throw new AssertionError(init.all());
    }
    repository.write(
        ".hyperloop/agents/process/process.yaml",
        """
        pipeline:
          - loop:
              - agent: implementer
              - agent: verifier
          - gate: approval
          - action: merge-pr
        gates: {approval: {type: manual}}
        """);
    repository.commit("Want approval");
    ManyTasks.into(repository);
    return repository;
  }

  /**
   * Prints the time from one look at the inbox to the next, and how many processes were started.
   */
  public static void measure(Ports ports) throws Exception {
    var bell = new Bell();
    var inbox = new RingingInbox(ports.inbox(), bell);
    var busy =
        new Ports(
            ports.specs(),
            ports.store(),
            ports.runtime(),
            ports.trunk(),
            ports.templates(),
            inbox,
            ports.lease(),
            ports.ledger(),
            ports.publishing(),
            ports.probe());
    try (ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
        var recording = new Recording()) {
      inbox.recording = recording;
      var reconciler =
          new Reconciler(
              busy,
              new Orders(ports.specs()),
              Limits.DEFAULT,
              new Reconciler.Mode(true, CYCLES + WARM_UP),
              InstantSource.system(),
              jobs,
              bell);
      var unused = reconciler.run();
      recording.stop();
      Path dump = Path.of("target/idle.jfr").toAbsolutePath();
      recording.dump(dump);
      Figures.row(
          "a cycle with nothing to do, 5,000 tasks", "< 5 ms", Figures.milliseconds(inbox.times()));
      Figures.row(
          "processes started in " + CYCLES + " such cycles",
          "0",
          String.valueOf(RecordingFile.readAllEvents(dump).size()));
    }
  }

  private static final class RingingInbox implements Inbox {
    private final Inbox inner;
    private final Bell bell;
    private final List<Long> looks = new ArrayList<>();
    private Recording recording = new Recording();

    RingingInbox(Inbox inner, Bell bell) {
      this.inner = inner;
      this.bell = bell;
    }

    @Override
    public List<Request> pending() {
      looks.add(System.nanoTime());
      if (looks.size() == WARM_UP) {
        recording.enable("jdk.ProcessStart");
        recording.start();
      }
      bell.ring();
      return inner.pending();
    }

    long[] times() {
      long[] nanos = new long[looks.size() - 1 - WARM_UP];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = looks.get(WARM_UP + i + 1) - looks.get(WARM_UP + i);
      }
      return nanos;
    }

    @Override
    public void discard(String id) {
      inner.discard(id);
    }

    @Override
    public void onChange(Runnable wake) {
      inner.onChange(wake);
    }
  }
}
