package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;

/**
 * Notices that a ref may have moved: git puts its file in place by rename, or packs it away. A
 * wake-up carries no truth, so one too many does no harm.
 */
final class RefWatcher implements AutoCloseable {
  private final Path refFolder;
  private final Path common;
  private final List<String> names;
  private final Runnable changed;
  private final WatchService service;

  RefWatcher(Path common, String ref, Runnable changed) {
    Path file = common.resolve(ref);
    this.refFolder = file.resolveSibling("");
    this.common = common;
    this.names = List.of(String.valueOf(file.getFileName()), "packed-refs");
    this.changed = changed;
    try {
      this.service = common.getFileSystem().newWatchService();
      register();
    } catch (IOException e) {
      throw failure(e);
    }
    Thread.ofVirtual().name("watch " + ref).start(this::watch);
  }

  private void register() throws IOException {
    // Git removes a folder of refs when its last ref is packed.
    Files.createDirectories(refFolder);
    for (Path folder : List.of(refFolder, common)) {
      folder.register(
          service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }
  }

  private void watch() {
    try {
      while (true) {
        WatchKey key = service.take();
        boolean ours = key.pollEvents().stream().anyMatch(this::concerns);
        if (!key.reset()) {
          register();
          ours = true;
        }
        if (ours) {
          changed.run();
        }
      }
    } catch (ClosedWatchServiceException e) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The repository is going away; polling will say so with a better message.
      close();
    }
  }

  private boolean concerns(WatchEvent<?> event) {
    return event.kind().equals(StandardWatchEventKinds.OVERFLOW)
        || names.contains(String.valueOf(event.context()));
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private PortFailure failure(IOException e) {
    return new PortFailure(
        Problem.environment(
            "the repository cannot be watched for changes: " + e,
            refFolder.toString(),
            "raise the limit of file watches (fs.inotify.max_user_instances)"),
        e);
  }
}
