package io.hyperloop.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A lease in memory. What it says stands on a {@link Remote} that clones share. */
public final class FakeLease implements Lease {
  private static final Duration TERM = Duration.ofMinutes(5);

  /** What survives the process and is seen by all. */
  public static final class Remote {
    private @Nullable String holder;
    private Instant until = Instant.EPOCH;
  }

  private final Remote remote;
  private final String clone;
  private final InstantSource clock;
  private @Nullable String offline;
  private int asked;

  /** For one clone only. */
  public FakeLease() {
    this(new Remote(), "clone-1", () -> Instant.EPOCH);
  }

  public FakeLease(Remote remote, String clone, InstantSource clock) {
    this.remote = remote;
    this.clone = clone;
    this.clock = clock;
  }

  /** From now on the remote is out of reach; null ends it. */
  public void offline(@Nullable String why) {
    offline = why;
  }

  /** How often it was to be held. */
  public int asked() {
    return asked;
  }

  @Override
  public Held hold() {
    asked++;
    if (offline != null) {
      return new Held.Unknown(offline);
    }
    String holder = remote.holder;
    if (holder != null && !holder.equals(clone) && clock.instant().isBefore(remote.until)) {
      return new Held.Theirs(holder + ", until " + remote.until);
    }
    remote.holder = clone;
    remote.until = clock.instant().plus(TERM);
    return new Held.Ours();
  }

  @Override
  public void release() {
    if (offline == null && clone.equals(remote.holder)) {
      remote.holder = null;
    }
  }
}
