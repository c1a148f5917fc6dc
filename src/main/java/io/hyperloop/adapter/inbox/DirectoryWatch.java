package io.hyperloop.adapter.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when files appear in a directory. Where the system has no watches left, it never does:
 * wake-ups save time, nothing depends on them.
 */
final class DirectoryWatch implements AutoCloseable {
  private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final @Nullable WatchService service;

  DirectoryWatch(Path directory) {
    this.service = register(directory);
    if (service != null) {
      WatchService registered = service;
      Thread.ofVirtual().name("inbox-watch").start(() -> watch(registered));
    }
  }

  void add(Runnable wake) {
    wakes.add(wake);
  }

  private static @Nullable WatchService register(Path directory) {
    WatchService service = null;
    try {
      service = directory.getFileSystem().newWatchService();
      directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      return service;
    } catch (IOException e) {
      closeQuietly(service);
      return null;
    }
  }

  private void watch(WatchService registered) {
    try {
      for (WatchKey key = registered.take(); ; key = registered.take()) {
        key.pollEvents();
        wakes.forEach(Runnable::run);
        if (!key.reset()) {
          return;
        }
      }
    } catch (ClosedWatchServiceException e) {
      // Closed: nobody wants to be woken any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closeQuietly(service);
  }

  private static void closeQuietly(@Nullable WatchService service) {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        // The process keeps a handle more than it needs, no more.
      }
    }
  }
}
