package io.hyperloop.port;

import io.hyperloop.domain.Request;
import java.util.List;

/** What people asked for, until it is consumed. */
public interface Inbox {

  /** All requests not yet discarded, by id. A file that is none is set aside, never returned. */
  List<Request> pending();

  /** Drops a request after the save that consumed it. Twice equals once. */
  void discard(String id);

  /** Calls back when a request may have come, from any thread. */
  void onChange(Runnable wake);
}
