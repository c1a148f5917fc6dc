package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;

/** Ends of jobs, good and bad, by the dice. */
final class Chaos {
  private final Dice dice;

  /** What goes wrong most in this walk. */
  private final Breakage usual;

  Chaos(Dice dice) {
    this.dice = dice;
    this.usual = anyBreakage();
  }

  private Breakage anyBreakage() {
    return dice.pick(List.of(Breakage.values()));
  }

  private Breakage breakage() {
    return dice.oneIn(2) ? usual : anyBreakage();
  }

  static WorkerEnd pass(String role, String head) {
    return Reports.passed(
        role.equals("verifier") ? new Delivery.ReadOnly() : new Delivery.Taken(head, true));
  }

  WorkerEnd worker(String role, String head) {
    Delivery delivery = delivery(role, head);
    if (dice.oneIn(4)) {
      return new WorkerEnd.Silent(breakage(), "its output", delivery);
    }
    Report.Verdict verdict =
        switch (dice.below(8)) {
          case 0, 1 -> Report.Verdict.FAIL;
          case 2 -> Report.Verdict.QUESTION;
          default -> Report.Verdict.PASS;
        };
    return new WorkerEnd.Reported(new Report(verdict, "detail", dice.oneIn(5)), delivery);
  }

  private Delivery delivery(String role, String head) {
    if (role.equals("verifier")) {
      return new Delivery.ReadOnly();
    }
    return switch (dice.below(12)) {
      case 0 -> new Delivery.Unusable("its HEAD is gone");
      case 1 -> new Delivery.Forbidden(List.of("specs/a.md"));
      case 2 -> new Delivery.Taken(head, false);
      default -> new Delivery.Taken(head, true);
    };
  }

  static MergeEnd merged(String head) {
    return new MergeEnd.Merged(World.ROOT, head);
  }

  MergeEnd merge(String head) {
    return switch (dice.below(10)) {
      case 0 -> new MergeEnd.Conflict(List.of("src/a.c"), World.ROOT);
      case 1 -> new MergeEnd.Moved();
      case 2 -> new MergeEnd.NotYet("a person's file " + dice.below(2));
      case 3 -> new MergeEnd.Failed("disk full");
      case 4 -> dice.oneIn(3) ? new MergeEnd.Refused("no") : new MergeEnd.Moved();
      default -> merged(head);
    };
  }

  static PmEnd allSatisfied(Plan plan) {
    return new PmEnd.Answered(
        new PmReport(
            List.of(),
            plan.asked().keySet().stream().map(p -> new PmReport.Note(p, "there")).toList(),
            List.of(),
            List.of()));
  }

  PmEnd pm(Plan plan, TaskTable tasks) {
    return switch (dice.below(8)) {
      case 0 -> new PmEnd.Silent(breakage(), "its output");
      case 1 -> new PmEnd.Garbled(List.of("not JSON"));
      default -> new PmEnd.Answered(report(plan, tasks));
    };
  }

  private PmReport report(Plan plan, TaskTable tasks) {
    var proposals = new ArrayList<PmReport.Proposal>();
    var satisfied = new ArrayList<PmReport.Note>();
    var deferred = new ArrayList<PmReport.Note>();
    var questions = new ArrayList<PmReport.Note>();
    for (String path : plan.asked().keySet()) {
      var note = new PmReport.Note(path, "so");
      switch (dice.below(8)) {
        case 0 -> satisfied.add(note);
        case 1 -> deferred.add(note);
        case 2 -> questions.add(note);
        case 3 -> {} // left out
        default -> {
          for (int i = 1 + dice.below(4); i > 0; i--) {
            proposals.add(proposal(path, proposals.size(), tasks));
          }
        }
      }
    }
    return new PmReport(proposals, satisfied, deferred, questions);
  }

  /** Mostly a sound one; what it waits for may be unknown, failed, replaced, or itself. */
  private PmReport.Proposal proposal(String path, int number, TaskTable tasks) {
    var deps = new ArrayList<String>();
    var replaces = new ArrayList<String>();
    if (number > 0 && dice.oneIn(2)) {
      deps.add("k" + dice.below(dice.oneIn(20) ? number + 2 : number));
    }
    if (tasks.size() > 0) {
      Task some = dice.pick(tasks.list());
      if (dice.oneIn(3) && some.status() != TaskStatus.FAILED) {
        deps.add(some.id().toString());
      }
      Task other = dice.pick(tasks.list());
      if (dice.oneIn(3)) {
        replaces.add(other.id().toString());
      }
    }
    return new PmReport.Proposal("k" + number, "Do " + number, path, "so", deps, replaces);
  }
}
