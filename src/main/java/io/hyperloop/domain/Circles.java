package io.hyperloop.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells when a task goes round in circles: nobody is helped by another round that ends like the
 * last ones. What a person said since then is a new chance.
 */
final class Circles {
  /** Rounds in a row that are alike. */
  static final int ROUNDS = 3;

  private Circles() {}

  /**
   * Why another round makes no sense.
   *
   * @param task whose round has just failed, and is counted in its repeats
   * @param reviews all of the task's, those of that round included
   */
  static Optional<String> of(Task task, Stream<Review> reviews) {
    int first = task.round() - ROUNDS + 1;
    if (first < 0) {
      return Optional.empty();
    }
    List<Review> recent = reviews.filter(review -> review.round() >= first).toList();
    if (recent.stream().anyMatch(review -> review.role().equals(Review.HUMAN))) {
      return Optional.empty();
    }
    if (task.repeats() >= ROUNDS) {
      return Optional.of(ROUNDS + " rounds in a row left the branch with the same content");
    }
    List<String> last = findings(recent, task.round());
    for (int round = first; round < task.round(); round++) {
      if (!findings(recent, round).equals(last)) {
        return Optional.empty();
      }
    }
    return Optional.of(ROUNDS + " rounds in a row failed with the same findings");
  }

  private static List<String> findings(List<Review> reviews, int round) {
    return reviews.stream()
        .filter(review -> review.round() == round && review.verdict().equals(Review.FAIL))
        .map(review -> review.role() + " " + review.body())
        .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip())
        .toList();
  }
}
