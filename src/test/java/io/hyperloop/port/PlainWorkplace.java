package io.hyperloop.port;

import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plain directories as work trees; whatever is in them is taken. */
public final class PlainWorkplace implements Workplace {
  /** What every piece of work ends up as. */
  public static final Delivery.Taken TAKEN = new Delivery.Taken("b".repeat(40), true);

  private final Path root;
  private final List<String> takenOver = Collections.synchronizedList(new ArrayList<>());
  private final List<String> sweptBut = Collections.synchronizedList(new ArrayList<>());
  private volatile @Nullable PortFailure failure;

  public PlainWorkplace(Path root) {
    this.root = root;
  }

  /** Every preparation from now on fails so. */
  public void failWith(PortFailure failing) {
    failure = failing;
  }

  /** Where a run of this key works. */
  public Path directory(JobKey key) {
    return root.resolve(key.name());
  }

  /** For each piece of work taken over: key and the agent's word for it. */
  public List<String> takenOver() {
    return List.copyOf(takenOver);
  }

  @Override
  public Path prepare(WorkOrder order) {
    PortFailure fails = failure;
    if (fails != null) {
      throw fails;
    }
    remove(order);
    try {
      return Files.createDirectories(directory(order.key()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Delivery takeOver(WorkOrder order, String detail) {
    takenOver.add(order.key().name() + ": " + detail);
    return Files.isDirectory(directory(order.key()))
        ? TAKEN
        : new Delivery.Unusable("its work tree is gone");
  }

  @Override
  public void remove(WorkOrder order) {
    Path directory = directory(order.key());
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> sweep(Set<String> known) {
    sweptBut.addAll(known);
    return List.of();
  }

  /** What was left alone when the place was swept. */
  public List<String> sweptBut() {
    return List.copyOf(sweptBut);
  }
}
