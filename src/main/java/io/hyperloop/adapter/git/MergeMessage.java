package io.hyperloop.adapter.git;

import io.hyperloop.port.Trunk.MergeOrder;

/**
 * The message of the commit with which a task's work comes to the base branch, for those who let
 * others commit.
 *
 * @param subject one line
 * @param body text and trailers
 */
public record MergeMessage(String subject, String body) {

  /** The same as a local merge would write. */
  public static MergeMessage of(MergeOrder order) {
    String whole = whole(order).toString();
    int end = whole.indexOf('\n');
    return new MergeMessage(whole.substring(0, end), whole.substring(end).strip());
  }

  static Message whole(MergeOrder order) {
    return Message.of(order.title(), "(" + order.task() + ")")
        .body(order.summary())
        .spec(order.specRef())
        .task(order.task())
        .head(order.head());
  }
}
