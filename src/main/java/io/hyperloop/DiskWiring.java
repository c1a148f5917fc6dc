package io.hyperloop;

import io.hyperloop.adapter.disk.DiskQuota;
import io.hyperloop.adapter.disk.Housekeeping;
import io.hyperloop.adapter.disk.Retention;
import io.hyperloop.config.Configuration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** The part of the object graph that is about the room that our files take. */
record DiskWiring(Configuration configuration, Path stateDirectory, InstantSource clock) {

  /** What deletes old logs and prompts. */
  Housekeeping housekeeping() {
    return new Housekeeping(
        stateDirectory,
        new Retention(retentionAge(), bytes(configuration.retention().logsMb())),
        clock);
  }

  Duration retentionAge() {
    return Duration.ofDays(configuration.retention().days());
  }

  /** What keeps agents from starting where there is no room. */
  DiskQuota quota() {
    Configuration.Retention retention = configuration.retention();
    return new DiskQuota(stateDirectory, bytes(retention.stateMb()), bytes(retention.freeMb()));
  }

  private static long bytes(int mebibytes) {
    return (long) mebibytes << 20;
  }
}
