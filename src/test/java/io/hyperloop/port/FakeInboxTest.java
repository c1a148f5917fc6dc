package io.hyperloop.port;

import io.hyperloop.domain.Request;
import java.util.function.Function;

class FakeInboxTest extends InboxContract {
  private final FakeInbox inbox = new FakeInbox();

  @Override
  protected Inbox inbox() {
    return inbox;
  }

  @Override
  protected Request put(Function<String, Request> make) {
    return inbox.put(make);
  }
}
