package io.hyperloop.domain;

import java.util.List;
import java.util.stream.Stream;

/** What agents report, in short. */
final class Reports {
  private Reports() {}

  static WorkerEnd passed(Delivery delivery) {
    return new WorkerEnd.Reported(new Report(Report.Verdict.PASS, "done", false), delivery);
  }

  static PmReport tasks(PmReport.Proposal... tasks) {
    return new PmReport(List.of(tasks), List.of(), List.of(), List.of());
  }

  static PmReport satisfied(String... specs) {
    return new PmReport(List.of(), notes("it is there", specs), List.of(), List.of());
  }

  static PmReport deferred(String... specs) {
    return new PmReport(List.of(), List.of(), notes("later", specs), List.of());
  }

  static PmReport question(String... specs) {
    return new PmReport(List.of(), List.of(), List.of(), notes("which one?", specs));
  }

  private static List<PmReport.Note> notes(String text, String... specs) {
    return Stream.of(specs).map(s -> new PmReport.Note(World.path(s), text)).toList();
  }

  static PmReport.Proposal task(String key, String spec, String... deps) {
    return new PmReport.Proposal(
        key, "Do " + key, World.path(spec), "as the spec says", List.of(deps), List.of());
  }

  static PmReport.Proposal replacing(String replaced, PmReport.Proposal task) {
    return new PmReport.Proposal(
        task.key(),
        task.title(),
        task.spec(),
        task.description(),
        task.deps(),
        Stream.concat(task.replaces().stream(), Stream.of(replaced)).toList());
  }

  static PmReport.Proposal titled(String title, PmReport.Proposal task) {
    return new PmReport.Proposal(
        task.key(), title, task.spec(), task.description(), task.deps(), task.replaces());
  }
}
