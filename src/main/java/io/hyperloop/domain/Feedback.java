package io.hyperloop.domain;

import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Opinion;
import java.util.List;
import java.util.Optional;

/**
 * What people said about a pull request, as findings. Only those count who belong to the
 * repository: anybody may comment on a public one. What was heard before is known by its id, which
 * stands in the review that came of it.
 */
final class Feedback {
  private final PullRequestSight pull;
  private final List<Review> reviews;

  /**
   * Of a pull request.
   *
   * @param reviews of the task so far
   */
  Feedback(PullRequestSight pull, List<Review> reviews) {
    this.pull = pull;
    this.reviews = reviews;
  }

  /** Changes that somebody requests and that were not heard yet, with all comments so far. */
  Optional<String> requested() {
    List<PullRequestSight.Review> requests =
        pull.opinions().values().stream()
            .filter(review -> review.opinion() == Opinion.CHANGES_REQUESTED)
            .filter(review -> !heard(review.id()))
            .toList();
    return requests.isEmpty() ? Optional.empty() : Optional.of(text(requests));
  }

  /** Everything that was said and not heard yet; empty if nothing was. */
  String unheard() {
    return text(
        pull.reviews().stream()
            .filter(review -> review.association().insider())
            .filter(review -> !review.body().isBlank() && !heard(review.id()))
            .toList());
  }

  private String text(List<PullRequestSight.Review> said) {
    var text = new StringBuilder();
    for (PullRequestSight.Review review : said) {
      String verb =
          review.opinion() == Opinion.CHANGES_REQUESTED ? " requested changes" : " reviewed";
      add(text, review.author() + verb, review.id(), review.body());
    }
    for (Comment comment : pull.comments()) {
      if (comment.association().insider()
          && !comment.ours()
          && !comment.settled()
          && !heard(comment.id())) {
        String place = comment.place().isEmpty() ? "" : " on " + comment.place();
        add(text, comment.author() + " commented" + place, comment.id(), comment.body());
      }
    }
    return text.toString().strip();
  }

  private static void add(StringBuilder text, String who, String id, String body) {
    text.append(who).append(" (").append(id).append("):\n").append(body.strip()).append("\n\n");
  }

  private boolean heard(String id) {
    return reviews.stream()
        .anyMatch(review ->
            review.role().equals(Review.HUMAN) && review.body().contains("(" + id + "):"));
  }
}
