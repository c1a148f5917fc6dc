package io.hyperloop.domain;

import java.util.List;

/** A small seeded generator (SplitMix64): the same seed, the same throws, on every machine. */
public final class Dice {
  private long state;

  public Dice(long seed) {
    state = seed;
  }

  private long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to n - 1. */
  public int below(int n) {
    return (int) Long.remainderUnsigned(next(), n);
  }

  public boolean oneIn(int n) {
    return below(n) == 0;
  }

  public <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }
}
