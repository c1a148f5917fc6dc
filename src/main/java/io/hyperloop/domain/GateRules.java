package io.hyperloop.domain;

import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judges gates by what was observed of a pull request at the head that is to be merged. */
final class GateRules {
  private final Map<String, Gate> gates;
  private final Task task;
  private final PullRequestSight pull;
  private final Map<Long, String> logs;

  GateRules(Map<String, Gate> gates, Task task, PullRequestSight pull, Map<Long, String> logs) {
    this.gates = gates;
    this.task = task;
    this.pull = pull;
    this.logs = logs;
  }

  /** How a gate stands. */
  sealed interface Ruling {
    record Cleared() implements Ruling {}

    /**
     * Somebody, or something, has yet to speak.
     *
     * @param remedy what a person does about it; empty if it comes by itself
     */
    record Waits(String why, String remedy) implements Ruling {}

    record Rejects(String role, String finding) implements Ruling {}
  }

  Ruling judge(String name) {
    Gate gate = gates.get(name);
    if (gate == null) {
      throw new IllegalStateException("gate " + name + " is not defined");
    }
    if (pull.head().equals(task.clearances().get(name))) {
      return new Ruling.Cleared();
    }
    return switch (gate) {
      case Gate.Manual _ ->
          new Ruling.Waits(
              "a person's approval at " + name,
              "look at " + pull.url() + ", then hyperloop approve " + task.id());
      case Gate.Label label -> label(name, label.label());
      case Gate.Approval approval -> approvals(approval.approvals());
      case Gate.Checks checks -> checks(checks);
      case Gate.All all -> all(all.gates());
    };
  }

  private Ruling label(String name, String label) {
    return task.clearances().containsKey(name)
        ? new Ruling.Waits(
            "the label " + label + " on " + pull.url() + ", anew: it was given for " + old(name),
            "look at what has changed, then add the label " + label + " again")
        : new Ruling.Waits(
            "the label " + label + " on " + pull.url(),
            "look at " + pull.url() + " and add the label " + label);
  }

  private String old(String name) {
    return Texts.shortSha(task.clearances().getOrDefault(name, ""));
  }

  private Ruling approvals(int wanted) {
    Map<String, PullRequestSight.Review> opinions = pull.opinions();
    List<String> against =
        opinions.values().stream()
            .filter(review -> review.opinion() == Opinion.CHANGES_REQUESTED)
            .map(PullRequestSight.Review::author)
            .toList();
    if (!against.isEmpty()) {
      return new Ruling.Waits(
          String.join(", ", against) + " to look again at " + pull.url(),
          "review " + pull.url() + " again: changes were requested, and something was done");
    }
    long given =
        opinions.values().stream()
            .filter(review -> review.opinion() == Opinion.APPROVED)
            .filter(review -> review.head().equals(pull.head()))
            .count();
    return given >= wanted
        ? new Ruling.Cleared()
        : new Ruling.Waits(
            (wanted == 1 ? "an approval" : given + " of " + wanted + " approvals")
                + " of "
                + pull.url()
                + " at "
                + Texts.shortSha(pull.head()),
            "review " + pull.url() + " and approve it");
  }

  private Ruling checks(Gate.Checks gate) {
    var waiting = new ArrayList<String>();
    List<Check> considered = new ArrayList<>();
    if (gate.checks().isEmpty()) {
      considered.addAll(pull.checks());
      if (considered.isEmpty() && !gate.allowNone()) {
        waiting.add("a check to report on " + Texts.shortSha(pull.head()) + ": none has");
      }
    }
    for (String name : gate.checks()) {
      List<Check> named = pull.checks().stream().filter(c -> c.name().equals(name)).toList();
      considered.addAll(named);
      if (named.isEmpty()) {
        waiting.add("the check " + name + " to report on " + Texts.shortSha(pull.head()));
      }
    }
    return judge(considered, waiting);
  }

  /** The checks without which the forge merges nothing, if any of them failed. */
  Ruling requiredChecks() {
    List<Check> required = pull.checks().stream().filter(Check::required).toList();
    return required.stream().anyMatch(check -> check.result() == Result.FAILED)
        ? judge(required, new ArrayList<>())
        : new Ruling.Cleared();
  }

  /** All findings at once: a failure is told when the last of them has ended. */
  private Ruling judge(List<Check> considered, List<String> waiting) {
    var remedy = new StringBuilder();
    var failed = new ArrayList<Check>();
    for (Check check : considered) {
      switch (check.result()) {
        case PENDING -> waiting.add("the check " + check.name() + ", which " + words(check));
        case CANCELLED -> {
          waiting.add("the check " + check.name() + ", which was stopped");
          remedy.append("run ").append(check.name()).append(" again: ").append(check.url());
        }
        case FAILED -> failed.add(check);
        case PASSED, SKIPPED -> {}
      }
    }
    boolean logged = failed.stream().allMatch(c -> c.job() == 0 || logs.containsKey(c.job()));
    if (failed.isEmpty() || !waiting.isEmpty()) {
      return waiting.isEmpty()
          ? new Ruling.Cleared()
          : new Ruling.Waits(String.join("; ", waiting), remedy.toString());
    }
    return logged
        ? new Ruling.Rejects(Review.CI, findings(failed))
        : new Ruling.Waits("the log of a check that failed", "");
  }

  private static String words(Check check) {
    return check.word().isEmpty() ? "has not ended" : "is " + check.word();
  }

  private String findings(List<Check> failed) {
    var text = new StringBuilder("These checks failed on " + pull.head() + ":\n");
    for (Check check : failed) {
      text.append("\n- ").append(check.name()).append(' ').append(check.url()).append('\n');
      String log = logs.getOrDefault(check.job(), "");
      if (!log.isBlank()) {
        text.append("\n").append(Prompt.fenced("", log)).append('\n');
      }
    }
    return text.toString();
  }

  private Ruling all(List<String> names) {
    var why = new ArrayList<String>();
    var remedies = new ArrayList<String>();
    for (String name : names) {
      switch (judge(name)) {
        case Ruling.Rejects rejects -> {
          return rejects;
        }
        case Ruling.Waits(String what, String remedy) -> {
          why.add(what);
          if (!remedy.isEmpty()) {
            remedies.add(remedy);
          }
        }
        case Ruling.Cleared _ -> {}
      }
    }
    return why.isEmpty()
        ? new Ruling.Cleared()
        : new Ruling.Waits(String.join("; and ", why), String.join("; ", remedies));
  }
}
