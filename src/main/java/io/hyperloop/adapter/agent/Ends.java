package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts together what a run's end is reported as, from what the agent left. */
final class Ends {
  private Ends() {}

  /** The end of an agent that ended by itself: its report, or that there is none. */
  static JobEnd reported(
      WorkOrder order, Path result, Redaction redaction, Function<String, Delivery> deliver) {
    return switch (order.key()) {
      case JobKey.TaskStep step ->
          new JobEnd.Worker(step, worker(ReportFile.task(result), redaction, deliver));
      case JobKey.Planning planning ->
          new JobEnd.Pm(planning, pm(ReportFile.pm(result), redaction));
    };
  }

  /** The end of a run without a verdict. */
  static JobEnd silent(WorkOrder order, Breakage kind, String detail, Delivery delivery) {
    return silent(order, kind, detail, delivery, null);
  }

  /** The same, where it is known until when another try is in vain. */
  static JobEnd silent(
      WorkOrder order, Breakage kind, String detail, Delivery delivery, @Nullable Instant until) {
    return switch (order.key()) {
      case JobKey.TaskStep step ->
          new JobEnd.Worker(step, new WorkerEnd.Silent(kind, detail, delivery, until));
      case JobKey.Planning planning ->
          new JobEnd.Pm(planning, new PmEnd.Silent(kind, detail, until));
    };
  }

  /** What of the work could be taken over. */
  static Delivery delivery(Workplace workplace, WorkOrder order, String detail) {
    if (!order.writes()) {
      return new Delivery.ReadOnly();
    }
    try {
      return workplace.takeOver(order, detail);
    } catch (PortFailure first) {
      // Once more, since what hindered it may have been another git at work; the work tree stays.
      try {
        return workplace.takeOver(order, detail);
      } catch (PortFailure second) {
        return new Delivery.Unusable(
            "its work could not be taken over: " + second.problems().getFirst().what());
      }
    } catch (RuntimeException e) {
      return new Delivery.Unusable("its work could not be taken over: " + e);
    }
  }

  static Delivery neverReady(WorkOrder order) {
    return order.writes()
        ? new Delivery.Unusable("its work tree was never ready")
        : new Delivery.ReadOnly();
  }

  /** For the log. */
  static String words(JobEnd end) {
    return switch (end) {
      case JobEnd.Worker(JobKey.TaskStep key, WorkerEnd.Reported reported) ->
          reported.report().verdict().name().toLowerCase(Locale.ROOT);
      case JobEnd.Worker(JobKey.TaskStep key, WorkerEnd.Silent silent) ->
          silent.kind().words() + ": " + silent.detail();
      case JobEnd.Pm(JobKey.Planning key, PmEnd.Answered answered) -> "answered";
      case JobEnd.Pm(JobKey.Planning key, PmEnd.Garbled garbled) ->
          "garbled: " + String.join("; ", garbled.problems());
      case JobEnd.Pm(JobKey.Planning key, PmEnd.Silent silent) ->
          silent.kind().words() + ": " + silent.detail();
      case JobEnd.Merge merge -> "merge";
      case JobEnd.Published published -> "published";
    };
  }

  private static WorkerEnd worker(
      ReportFile.Read<Report> read, Redaction redaction, Function<String, Delivery> deliver) {
    return switch (read) {
      case ReportFile.Read.Fits<Report>(Report report) -> {
        var clean =
            new Report(report.verdict(), redaction.apply(report.detail()), report.noChange());
        yield new WorkerEnd.Reported(clean, deliver.apply(clean.detail()));
      }
      case ReportFile.Read.Faulty<Report>(List<String> problems) ->
          new WorkerEnd.Silent(
              Breakage.CRASHED, redaction.apply(String.join("; ", problems)), deliver.apply(""));
      case ReportFile.Read.Missing<Report>(String why) ->
          new WorkerEnd.Silent(Breakage.CRASHED, why, deliver.apply(""));
    };
  }

  private static PmEnd pm(ReportFile.Read<PmReport> read, Redaction redaction) {
    UnaryOperator<String> clean = redaction::apply;
    return switch (read) {
      case ReportFile.Read.Fits<PmReport>(PmReport report) ->
          new PmEnd.Answered(
              new PmReport(
                  report.tasks().stream().map(proposal -> clean(proposal, clean)).toList(),
                  clean(report.satisfied(), clean),
                  clean(report.deferred(), clean),
                  clean(report.questions(), clean)));
      case ReportFile.Read.Faulty<PmReport>(List<String> problems) ->
          new PmEnd.Garbled(problems.stream().map(clean).toList());
      case ReportFile.Read.Missing<PmReport>(String why) -> new PmEnd.Silent(Breakage.CRASHED, why);
    };
  }

  private static PmReport.Proposal clean(PmReport.Proposal proposal, UnaryOperator<String> clean) {
    return new PmReport.Proposal(
        proposal.key(),
        clean.apply(proposal.title()),
        proposal.spec(),
        clean.apply(proposal.description()),
        proposal.deps(),
        proposal.replaces());
  }

  private static List<PmReport.Note> clean(List<PmReport.Note> notes, UnaryOperator<String> clean) {
    return notes.stream()
        .map(note -> new PmReport.Note(note.spec(), clean.apply(note.text())))
        .toList();
  }
}
