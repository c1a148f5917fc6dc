package io.hyperloop.loop;

import io.hyperloop.domain.Decide;
import io.hyperloop.domain.State;
import io.hyperloop.port.Templates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * After the PM failed too often, {@code watch} waits for a new day or for an edit of a spec or of
 * the overlay. That the base branch moved is no edit: our own state may be what moved it.
 */
final class WatchPause {
  private @Nullable World since;

  /** What an edit changes, and the day. */
  private record World(Map<String, String> blobs, Templates.Playbook playbook, LocalDate day) {
    static World of(Observer.Snapshot snapshot, Instant now) {
      var blobs = new TreeMap<String, String>();
      snapshot.specs().forEach((path, spec) -> blobs.put(path, spec.blob()));
      return new World(blobs, snapshot.playbook(), LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
  }

  void begin(Observer.Snapshot snapshot, Instant now) {
    if (since == null) {
      since = World.of(snapshot, now);
    }
  }

  /** The state to go on with: with new chances for the PM once the pause is over. */
  State lift(State state, Observer.Snapshot snapshot, Instant now) {
    if (since == null || since.equals(World.of(snapshot, now))) {
      return state;
    }
    since = null;
    return Decide.atStart(state);
  }
}
