package io.hyperloop.sim;

import io.hyperloop.loop.Ports;
import io.hyperloop.port.Lease;
import io.hyperloop.port.Lease.Held;
import java.util.function.UnaryOperator;

/** Leases with one thing wrong. */
final class BrokenLease implements Lease {
  private final Lease sound;
  private final Answer answer;
  private boolean held;

  /** What comes of a call. */
  interface Answer {
    /**
     * The answer to a call.
     *
     * @param before whether there was one already
     */
    Held answer(Lease sound, boolean before);
  }

  private BrokenLease(Lease sound, Answer answer) {
    this.sound = sound;
    this.answer = answer;
  }

  private static Ports with(Ports ports, Answer answer) {
    return new Ports(
        ports.specs(),
        ports.store(),
        ports.runtime(),
        ports.trunk(),
        ports.templates(),
        ports.inbox(),
        new BrokenLease(ports.lease(), answer),
        ports.ledger(),
        ports.publishing(),
        ports.probe());
  }

  static UnaryOperator<Ports> neverAsked() {
    return ports -> with(ports, (sound, before) -> new Held.Ours());
  }

  static UnaryOperator<Ports> neverRenewed() {
    return ports -> with(ports, (sound, before) -> before ? new Held.Ours() : sound.hold());
  }

  static UnaryOperator<Ports> lossUnheard() {
    return ports ->
        with(
            ports,
            (sound, before) -> {
              Held held = sound.hold();
              return before && held instanceof Held.Theirs ? new Held.Ours() : held;
            });
  }

  static UnaryOperator<Ports> silentOffline() {
    return ports ->
        with(
            ports,
            (sound, before) -> {
              Held held = sound.hold();
              return held instanceof Held.Unknown ? new Held.Ours() : held;
            });
  }

  static UnaryOperator<Ports> offlineIsTheirs() {
    return ports ->
        with(
            ports,
            (sound, before) -> {
              Held held = sound.hold();
              return held instanceof Held.Unknown unknown ? new Held.Theirs(unknown.why()) : held;
            });
  }

  @Override
  public Held hold() {
    Held told = answer.answer(sound, held);
    held = true;
    return told;
  }

  @Override
  public void release() {
    sound.release();
  }
}
