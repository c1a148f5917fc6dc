package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Request;
import io.hyperloop.domain.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every inbox does. */
public abstract class InboxContract {
  private static final String HEX = "0123456789abcdef0123456789abcdef01234567";

  /** The inbox under test. */
  protected abstract Inbox inbox();

  /** Asks for something, as a command does. */
  protected abstract Request put(Function<String, Request> make);

  @Test
  void anEmptyInboxHasNothingPending() {
    assertThat(inbox().pending()).isEmpty();
  }

  @Test
  void everyKindOfRequestComesBackAsItWasMade() {
    var blobs = new TreeMap<String, String>();
    blobs.put("specs/auth.md", HEX);
    blobs.put("specs/with \"quotes\"\nand 漢字.md", HEX);
    var made =
        List.of(
            put(id -> new Request.Approve(id, new TaskId(1), "review", HEX)),
            put(id -> new Request.Approve(id, new TaskId(2), "review#2", null)),
            put(id -> new Request.AnswerTask(id, new TaskId(3), "Use PostgreSQL.\nNot MySQL.")),
            put(id -> new Request.AnswerSpec(id, "specs/auth.md", "\u001b[31m hostile \u0000")),
            put(id -> new Request.Accept(id, blobs)));

    assertThat(inbox().pending()).containsExactlyElementsOf(made);
  }

  @Test
  void requestsArePendingInTheOrderInWhichTheyWereMade() {
    var ids = new ArrayList<String>();
    for (int i = 1; i <= 20; i++) {
      ids.add(answer(i).id());
    }

    assertThat(inbox().pending()).extracting(Request::id).containsExactlyElementsOf(ids);
    assertThat(ids).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aRequestIsPendingUntilItIsDiscarded() {
    Request first = answer(1);
    Request second = answer(2);
    assertThat(inbox().pending()).containsExactly(first, second);
    assertThat(inbox().pending()).containsExactly(first, second);

    inbox().discard(first.id());

    assertThat(inbox().pending()).containsExactly(second);
  }

  @Test
  void discardingTwiceIsDiscardingOnce() {
    Request request = answer(1);
    inbox().discard(request.id());
    inbox().discard(request.id());
    inbox().discard("never-was-there");

    assertThat(inbox().pending()).isEmpty();
  }

  @Test
  void aNewRequestWakes() throws InterruptedException {
    var woken = new CountDownLatch(1);
    inbox().onChange(woken::countDown);

    answer(1);

    assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private Request answer(int task) {
    return put(id -> new Request.AnswerTask(id, new TaskId(task), "yes"));
  }
}
