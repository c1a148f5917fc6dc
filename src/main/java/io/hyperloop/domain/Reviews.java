package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All reviews, by task. Immutable; only ever grows. */
public final class Reviews {
  public static final Reviews EMPTY = new Reviews(Map.of(), List.of());

  private static final Comparator<Review> OLDEST_FIRST =
      Comparator.comparingInt(Review::round).thenComparingInt(Review::sequence);

  private final Map<TaskId, List<Review>> byTask;
  private final List<Review> added;

  private Reviews(Map<TaskId, List<Review>> byTask, List<Review> added) {
    this.byTask = byTask;
    this.added = added;
  }

  public static Reviews of(Collection<Review> reviews) {
    var byTask = new TreeMap<TaskId, List<Review>>();
    for (Review review : reviews) {
      byTask.computeIfAbsent(review.task(), id -> new ArrayList<>()).add(review);
    }
    byTask.replaceAll((id, list) -> list.stream().sorted(OLDEST_FIRST).toList());
    return new Reviews(byTask, List.of());
  }

  /** A task's reviews by round and order of arrival, oldest first; rounds as numbers, not text. */
  public List<Review> of(TaskId task) {
    return byTask.getOrDefault(task, List.of());
  }

  /** These reviews and those. {@link #added()} of the result is exactly {@code more}. */
  public Reviews with(Collection<Review> more) {
    if (more.isEmpty()) {
      return added.isEmpty() ? this : new Reviews(byTask, List.of());
    }
    var next = new TreeMap<>(byTask);
    for (Review review : more) {
      var list = new ArrayList<>(next.getOrDefault(review.task(), List.of()));
      list.add(review);
      list.sort(OLDEST_FIRST);
      next.put(review.task(), List.copyOf(list));
    }
    return new Reviews(next, List.copyOf(more));
  }

  /** What the last {@link #with} added. */
  public List<Review> added() {
    return added;
  }

  /** Whether all of those earlier ones are among these, as they were. */
  boolean keeps(Reviews earlier) {
    return earlier.byTask.entrySet().stream()
        .allMatch(e -> {
          List<Review> now = of(e.getKey());
          return now.equals(e.getValue()) || now.containsAll(e.getValue());
        });
  }

  public int size() {
    return byTask.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reviews reviews && byTask.equals(reviews.byTask);
  }

  @Override
  public int hashCode() {
    return byTask.hashCode();
  }
}
