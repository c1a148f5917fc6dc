package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline laid flat. Because a loop that passes is simply left, the step after a step is the
 * next leaf of the flat list; all that nesting decides is where a failure goes back to, and that is
 * worked out here once.
 */
public final class Pipeline {

  /** A node of the tree as the process file has it. */
  public sealed interface Node {
    record Agent(String name, @Nullable String as) implements Node {}

    record Gate(String name, @Nullable String as) implements Node {}

    record Action(String name, @Nullable String as) implements Node {}

    record Loop(List<Node> nodes) implements Node {
      public Loop {
        nodes = List.copyOf(nodes);
      }
    }
  }

  /** What a step is. */
  public enum Kind {
    AGENT,
    GATE,
    ACTION
  }

  /**
   * A leaf.
   *
   * @param index its place in the flat list
   * @param phase unique in the pipeline
   * @param named whether {@code as} gave the phase
   * @param recurring whether another step has the same name
   * @param loop first leaf of the nearest enclosing loop
   * @param back where a rejected gate or action goes: the nearest enclosing loop, else the last
   *     loop before it, else the pipeline's first step
   */
  public record Step(
      int index,
      Kind kind,
      String name,
      String phase,
      boolean named,
      boolean recurring,
      OptionalInt loop,
      int back) {}

  private final List<Step> steps;
  private final Map<String, Step> byPhase;
  private final String fingerprint;

  private Pipeline(List<Step> steps, String fingerprint) {
    this.steps = List.copyOf(steps);
    this.fingerprint = fingerprint;
    this.byPhase = new HashMap<>();
    for (Step step : steps) {
      if (byPhase.put(step.phase(), step) != null) {
        throw new IllegalArgumentException("two steps have the phase " + step.phase());
      }
    }
  }

  /**
   * Lays a tree flat.
   *
   * @throws IllegalArgumentException if it or a loop is empty, or two steps have the same phase
   */
  public static Pipeline of(List<Node> nodes) {
    var layout = new Layout();
    layout.add(nodes, OptionalInt.empty());
    if (layout.leaves.isEmpty()) {
      throw new IllegalArgumentException("a pipeline has at least one step");
    }
    return new Pipeline(layout.steps(), layout.shape.toString());
  }

  public List<Step> steps() {
    return steps;
  }

  public Step first() {
    return steps.getFirst();
  }

  public Optional<Step> at(@Nullable String phase) {
    return Optional.ofNullable(phase).map(byPhase::get);
  }

  /** The step after that one; nothing when the pipeline is complete. */
  public Optional<Step> after(Step step) {
    return step.index() + 1 < steps.size()
        ? Optional.of(steps.get(step.index() + 1))
        : Optional.empty();
  }

  public Step step(int index) {
    return steps.get(index);
  }

  /** Whether a step of that action name is in it. */
  public boolean hasAction(String name) {
    return steps.stream().anyMatch(s -> s.kind() == Kind.ACTION && s.name().equals(name));
  }

  /** Equal for pipelines of the same shape; kept with the state to notice a change. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether a name stands more than once in the pipeline of that fingerprint. */
  static boolean recurs(String fingerprint, String name) {
    return Stream.of(fingerprint.split(" "))
            .map(leaf -> leaf.substring(leaf.indexOf(':') + 1))
            .filter(leaf -> leaf.equals(name) || leaf.startsWith(name + "="))
            .count()
        > 1;
  }

  @Override
  public String toString() {
    return fingerprint;
  }

  /** The flat list in the making. */
  private static final class Layout {
    private record Leaf(Kind kind, String name, @Nullable String as, OptionalInt loop, int back) {}

    private final List<Leaf> leaves = new ArrayList<>();
    private final StringBuilder shape = new StringBuilder();
    private int lastTopLoop;

    void add(List<Node> nodes, OptionalInt loop) {
      for (Node node : nodes) {
        switch (node) {
          case Node.Agent a -> leaf(Kind.AGENT, a.name(), a.as(), loop);
          case Node.Gate g -> leaf(Kind.GATE, g.name(), g.as(), loop);
          case Node.Action a -> leaf(Kind.ACTION, a.name(), a.as(), loop);
          case Node.Loop inner -> loop(inner, loop);
        }
      }
    }

    private void loop(Node.Loop inner, OptionalInt outer) {
      if (inner.nodes().isEmpty()) {
        throw new IllegalArgumentException("a loop has at least one step");
      }
      int start = leaves.size();
      shape.append("( ");
      add(inner.nodes(), OptionalInt.of(start));
      shape.append(") ");
      if (outer.isEmpty()) {
        lastTopLoop = start;
      }
    }

    private void leaf(Kind kind, String name, @Nullable String as, OptionalInt loop) {
      leaves.add(new Leaf(kind, name, as, loop, loop.orElse(lastTopLoop)));
      shape.append(kind.name().toLowerCase(java.util.Locale.ROOT)).append(':').append(name);
      shape.append(as == null ? " " : "=" + as + " ");
    }

    List<Step> steps() {
      var count = new HashMap<String, Integer>();
      leaves.forEach(leaf -> count.merge(leaf.name(), 1, Integer::sum));
      var seen = new HashMap<String, Integer>();
      var steps = new ArrayList<Step>();
      for (Leaf leaf : leaves) {
        int nth = seen.merge(leaf.name(), 1, Integer::sum);
        String phase =
            leaf.as() != null ? leaf.as() : nth == 1 ? leaf.name() : leaf.name() + "#" + nth;
        boolean recurring = count.getOrDefault(leaf.name(), 0) > 1;
        steps.add(
            new Step(
                steps.size(),
                leaf.kind(),
                leaf.name(),
                phase,
                leaf.as() != null,
                recurring,
                leaf.loop(),
                leaf.back()));
      }
      return steps;
    }
  }
}
