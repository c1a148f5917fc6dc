package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a harness tells of its agents; and which conversation they are to go on with. */
public final class Overheard {
  private final List<String> sessions = new ArrayList<>();
  private final List<Usage> reports = new ArrayList<>();
  private Usage used = Usage.NONE;
  private @Nullable Allowance allowance;
  private @Nullable String resume;

  public synchronized List<String> sessions() {
    return List.copyOf(sessions);
  }

  public synchronized Usage used() {
    return used;
  }

  /** All that was told of usage, in order. */
  public synchronized List<Usage> reports() {
    return List.copyOf(reports);
  }

  public synchronized Allowance allowance() {
    return Objects.requireNonNull(allowance);
  }

  public synchronized void resume(String session) {
    resume = session;
  }

  /** The harness, listened to. */
  public Harness in(Harness harness) {
    return new Harness() {
      @Override
      public String name() {
        return harness.name();
      }

      @Override
      public Set<String> credentials() {
        return harness.credentials();
      }

      @Override
      public Set<Path> ownFiles(Map<String, String> environment) {
        return harness.ownFiles(environment);
      }

      @Override
      public Set<Path> ownSettings(Map<String, String> environment) {
        return harness.ownSettings(environment);
      }

      @Override
      public Session start(Assignment a) {
        return harness.start(
            new Assignment(
                a.order(),
                a.directory(),
                a.prompt(),
                a.result(),
                a.environment(),
                a.cell(),
                a.tree(),
                a.log(),
                listening(a.monitor()),
                resume));
      }
    };
  }

  private Monitor listening(Monitor monitor) {
    return new Monitor() {
      @Override
      public void stirred() {
        monitor.stirred();
      }

      @Override
      public void used(String model, Usage total) {
        synchronized (Overheard.this) {
          used = total;
          reports.add(total);
        }
        monitor.used(model, total);
      }

      @Override
      public void allowance(Allowance now) {
        synchronized (Overheard.this) {
          allowance = now;
        }
        monitor.allowance(now);
      }

      @Override
      public void session(String id) {
        synchronized (Overheard.this) {
          sessions.add(id);
        }
        monitor.session(id);
      }
    };
  }
}
