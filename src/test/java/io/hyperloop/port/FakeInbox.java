package io.hyperloop.port;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.domain.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An inbox in memory. */
public final class FakeInbox implements Inbox {
  private final List<Request> requests = new ArrayList<>();
  private final List<Runnable> wakes = new ArrayList<>();
  private int next;

  /** Leaves a request; {@code make} gives the one of that id. */
  @CanIgnoreReturnValue
  public Request put(Function<String, Request> make) {
    Request request = make.apply(String.format(Locale.ROOT, "request-%04d", next++));
    requests.add(request);
    wakes.forEach(Runnable::run);
    return request;
  }

  @Override
  public List<Request> pending() {
    return List.copyOf(requests);
  }

  @Override
  public void discard(String id) {
    requests.removeIf(request -> request.id().equals(id));
  }

  @Override
  public void onChange(Runnable wake) {
    wakes.add(wake);
  }
}
