package io.hyperloop.testing;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values that people and agents might come up with, decided by a seed. */
public final class Arbitrary {
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "7",
          "0",
          " ",
          "  ",
          ": ",
          ":",
          " #",
          "#",
          "'",
          "\"",
          "\\",
          "\n",
          "\r\n",
          "\t",
          "-",
          "- ",
          "---",
          "\n---\n",
          "...",
          "null",
          "~",
          "true",
          "1e5",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&",
          "*",
          "!",
          "|",
          ">",
          "%",
          "@",
          "`",
          "?",
          "? ",
          "=",
          "ü",
          "漢字",
          "😀",
          "\u2028",
          "\u0085",
          "\ufeff",
          "\u0007",
          "\u00a0",
          "\u200b",
          "/",
          "word",
          "two words",
          "http://x/y?z=1#f");

  private final Random random;

  public Arbitrary(long seed) {
    this.random = new Random(seed);
  }

  public String text() {
    return text(8);
  }

  public String text(int piecesMax) {
    var text = new StringBuilder();
    for (int i = random.nextInt(piecesMax + 1); i > 0; i--) {
      text.append(pick(PIECES));
    }
    return text.toString();
  }

  public String path() {
    return "specs/" + text(4).replace('\0', '0') + random.nextInt(1000) + ".md";
  }

  public String hex() {
    var hex = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }

  public Instant time() {
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
  }

  public TaskId id() {
    return new TaskId(1 + random.nextInt(3000));
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> List<T> listOf(Supplier<T> item) {
    var items = new ArrayList<T>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return items;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  public Task task(TaskId id) {
    return new Task(
        id,
        text(),
        new SpecRef(path(), hex()),
        pick(List.of(TaskStatus.values())),
        maybe(this::text),
        listOf(this::id),
        random.nextInt(12),
        "hyperloop/" + text(),
        maybe(() -> "https://github.com/o/r/pull/" + random.nextInt(99)),
        maybe(this::reason),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        maybe(this::time),
        maybe(this::time),
        maybe(this::text),
        maybe(this::hex),
        maybe(this::hex),
        maybe(this::hex),
        mapOf(this::hex),
        maybe(this::text),
        text(30));
  }

  public Review review(TaskId task) {
    return new Review(
        task, random.nextInt(12), 1 + random.nextInt(4), "r" + text(3), text(3), text(30));
  }

  public Intake intake() {
    return new Intake(
        1 + random.nextInt(5000),
        random.nextInt(50),
        mapOf(this::handled),
        listOf(this::id),
        mapOf(() -> random.nextInt(4)),
        mapOf(() -> listOf(this::text)),
        maybe(this::plan),
        random.nextInt(3),
        maybe(this::time),
        mapOf(this::time),
        maybe(this::text));
  }

  private Handled handled() {
    return new Handled(
        hex(), hex(), pick(List.of(Handled.Outcome.values())), text(), listOf(this::path));
  }

  private Plan plan() {
    return new Plan(
        random.nextInt(50),
        mapOf(() -> new Plan.Asked(hex(), hex())),
        listOf(this::id),
        listOf(this::text));
  }

  private Reason reason() {
    return new Reason(pick(List.of(Reason.Kind.values())), text());
  }

  private <T> SortedMap<String, T> mapOf(Supplier<T> value) {
    var map = new TreeMap<String, T>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(path(), value.get());
    }
    return map;
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
