package io.hyperloop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** The signals that ask a program to end: the first asks nicely, the second ends it at once. */
final class Interrupts implements AutoCloseable {
  /** Exit codes, as a shell gives them: 128 and the signal's number. */
  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

  private record Registered(String signal, @Nullable Object previous) {}

  private final List<Registered> registered = new ArrayList<>();

  private Interrupts() {}

  /**
   * Calls back with the exit code of the first signal; the next one ends the program with its code.
   */
  static Interrupts first(IntConsumer asked) {
    var interrupts = new Interrupts();
    var before = new AtomicBoolean();
    CODES.forEach((signal, code) -> {
      Runnable handler =
          () -> {
            if (before.getAndSet(true)) {
              Runtime.getRuntime().halt(code);
            }
            asked.accept(code);
          };
      interrupts.registered.add(new Registered(signal, Signals.register(signal, handler)));
    });
    return interrupts;
  }

  @Override
  public void close() {
    for (Registered one : registered) {
      if (one.previous() != null) {
        Signals.unregister(one.signal(), one.previous());
      }
    }
  }
}
