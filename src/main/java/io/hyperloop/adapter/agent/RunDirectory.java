package io.hyperloop.adapter.agent;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.hyperloop.adapter.disk.WholeFile;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The durable part of one run. Written in this order, each file whole or not at all: {@code
 * order.json}, {@code prepared} once the work tree is ready, {@code leader.json} once a program
 * runs, {@code end.json} when all is over. The agent's report lies in a folder of its own.
 */
record RunDirectory(Path path) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(WorkerEnd.class, Kinds.class)
          .addMixIn(PmEnd.class, Kinds.class)
          .addMixIn(Delivery.class, Kinds.class)
          .build();

  /** Sealed types are told apart by the simple names of their records. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
  private interface Kinds {}

  /**
   * An order as kept: without its prompt, which lies with the log.
   *
   * @param key the job's name
   */
  record Kept(
      String key,
      String workerId,
      String role,
      boolean writes,
      String baseTip,
      WorkOrder.@Nullable Work work) {
    static Kept of(WorkOrder order, String workerId) {
      return new Kept(
          order.key().name(),
          workerId,
          order.role(),
          order.writes(),
          order.baseTip(),
          order.work());
    }

    WorkOrder order() {
      return new WorkOrder(JobKey.parse(key), role, "", writes, baseTip, work);
    }
  }

  /** The first program of a run, and the boot within which its start time means anything. */
  record Leader(String boot, ProcessEntry process) {}

  private record KeptEnd(@Nullable WorkerEnd worker, @Nullable PmEnd pm) {}

  Path result() {
    return path.resolve("report").resolve("report.json");
  }

  /** Begins a run: nothing of an earlier one is left, and its order is durable. */
  void begin(WorkOrder order, String workerId) throws IOException {
    delete();
    Files.createDirectories(result().getParent());
    write("order.json", JSON.writeValueAsBytes(Kept.of(order, workerId)));
  }

  /** Empty if the run was never begun. */
  Optional<Kept> order() throws IOException {
    return read("order.json", Kept.class);
  }

  void prepared() throws IOException {
    write("prepared", new byte[0]);
  }

  boolean isPrepared() {
    return Files.exists(path.resolve("prepared"));
  }

  void leader(ProcessEntry process) throws IOException {
    write("leader.json", JSON.writeValueAsBytes(new Leader(ProcessTable.boot(), process)));
  }

  Optional<Leader> leader() throws IOException {
    return read("leader.json", Leader.class);
  }

  void end(JobEnd end) throws IOException {
    KeptEnd kept =
        switch (end) {
          case JobEnd.Worker worker -> new KeptEnd(worker.end(), null);
          case JobEnd.Pm pm -> new KeptEnd(null, pm.end());
          case JobEnd.Merge _, JobEnd.Published _ ->
              throw new IllegalArgumentException("no run of an agent: " + end.key());
        };
    write("end.json", JSON.writeValueAsBytes(kept));
  }

  /** Empty if the run has not ended, or nothing can be made of what says so. */
  Optional<JobEnd> end(JobKey key) throws IOException {
    KeptEnd kept = read("end.json", KeptEnd.class).orElse(null);
    if (kept == null) {
      return Optional.empty();
    }
    return switch (key) {
      case JobKey.TaskStep step ->
          Optional.ofNullable(kept.worker()).map(end -> new JobEnd.Worker(step, end));
      case JobKey.Planning planning ->
          Optional.ofNullable(kept.pm()).map(end -> new JobEnd.Pm(planning, end));
    };
  }

  /** Takes the run out of sight at once; what is left is deleted later. */
  RunDirectory retire(Path elsewhere) throws IOException {
    Files.createDirectories(elsewhere.getParent());
    return new RunDirectory(Files.move(path, elsewhere, StandardCopyOption.ATOMIC_MOVE));
  }

  /** Deletes it with all that is in it, following no link. */
  void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void write(String name, byte[] content) throws IOException {
    WholeFile.write(path.resolve(name), content);
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (JacksonException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
