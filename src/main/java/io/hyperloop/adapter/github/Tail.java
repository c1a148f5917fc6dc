package io.hyperloop.adapter.github;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes the end of a body of any length. */
final class Tail implements BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> end = new CompletableFuture<>();
  private final byte[] ring;
  private long seen;

  private Tail(int most) {
    ring = new byte[most];
  }

  static BodyHandler<byte[]> of(int most) {
    return _ -> new Tail(most);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    to.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      while (piece.hasRemaining()) {
        ring[(int) (seen++ % ring.length)] = piece.get();
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    var unused = end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    int length = (int) Math.min(seen, ring.length);
    byte[] whole = new byte[length];
    for (int i = 0; i < length; i++) {
      whole[i] = ring[(int) ((seen - length + i) % ring.length)];
    }
    var unused = end.complete(whole);
  }
}
