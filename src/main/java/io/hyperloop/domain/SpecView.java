package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A spec as people want to see it.
 *
 * @param why what makes it stand there, in words
 * @param tasks its tasks of all versions, by number
 * @param remedies commands of which one takes it further; empty if none is needed
 */
public record SpecView(
    Spec spec, SpecStatus status, String why, List<TaskView> tasks, List<String> remedies) {
  public SpecView {
    tasks = List.copyOf(tasks);
    remedies = List.copyOf(remedies);
  }

  static SpecView of(Intake intake, Spec spec, SpecStatus status, List<TaskView> tasks) {
    Handled handled = intake.handled().get(spec.path());
    if (status == SpecStatus.NEEDS_HUMAN
        && handled != null
        && intake.covers(spec)
        && handled.outcome().needsHuman()) {
      return new SpecView(spec, status, noted(handled), tasks, remedies(spec.path(), handled));
    }
    String why =
        switch (status) {
          case IN_SYNC -> handled == null ? "" : settled(handled, tasks);
          case RECONCILING -> open(tasks);
          case NEEDS_HUMAN -> human(tasks);
          case OUT_OF_SYNC -> gap(intake, spec, handled, tasks);
        };
    return new SpecView(spec, status, why, tasks, List.of());
  }

  private static String settled(Handled handled, List<TaskView> tasks) {
    return switch (handled.outcome()) {
      case TASKS -> merged(handled, tasks);
      case SATISFIED -> "satisfied" + (handled.note().isEmpty() ? "" : ": " + handled.note());
      case ACCEPTED -> "accepted as it is";
      case DEFERRED, QUESTION, UNANSWERED, REPLANS_SPENT -> noted(handled);
    };
  }

  private static String merged(Handled handled, List<TaskView> tasks) {
    List<TaskView> done =
        tasks.stream()
            .filter(t -> t.turn() == TaskView.Turn.DONE && handled.isOf(t.task().specRef()))
            .toList();
    return done.size() > 3 ? done.size() + " tasks merged" : ids(done) + " merged";
  }

  private static String noted(Handled handled) {
    return handled.outcome().word().replace('-', ' ')
        + (handled.note().isEmpty() ? "" : ": " + handled.note());
  }

  private static String open(List<TaskView> tasks) {
    List<TaskView> open = tasks.stream().filter(t -> t.task().open()).toList();
    return open.size() == 1
        ? open.getFirst().task().id() + " " + open.getFirst().why()
        : open.size()
            + " tasks open: "
            + (open.size() > 6 ? ids(open.subList(0, 6)) + ", ..." : ids(open));
  }

  private static String human(List<TaskView> tasks) {
    List<TaskView> asking =
        tasks.stream().filter(t -> t.turn() == TaskView.Turn.NEEDS_YOU).toList();
    List<TaskView> ended = tasks.stream().filter(t -> t.turn() == TaskView.Turn.FAILED).toList();
    List<TaskView> which = asking.isEmpty() ? ended : asking;
    return which.isEmpty()
        ? ""
        : which.getLast().task().id()
            + " "
            + which.getLast().why()
            + (which.size() > 1 ? " (and " + (which.size() - 1) + " more)" : "");
  }

  private static String gap(
      Intake intake, Spec spec, @Nullable Handled handled, List<TaskView> tasks) {
    Plan plan = intake.plan();
    if (plan != null && plan.asked().containsKey(spec.path())) {
      return "the PM is asked";
    }
    if (handled == null) {
      return "new: the PM has not been asked yet";
    }
    if (handled.isReopened()) {
      return "answered by a person: the PM is to be asked again";
    }
    if (!intake.covers(spec)) {
      return "changed: the PM has not been asked yet";
    }
    List<TaskView> failed = tasks.stream().filter(t -> t.turn() == TaskView.Turn.FAILED).toList();
    if (!failed.isEmpty()) {
      return failed.getLast().task().id() + " failed: " + failed.getLast().why();
    }
    List<TaskView> apart =
        tasks.stream()
            .filter(t -> t.turn() == TaskView.Turn.DONE && t.task().merged() == null)
            .toList();
    return apart.isEmpty() ? "" : ids(apart) + " complete, but not on the base branch";
  }

  private static List<String> remedies(String path, Handled handled) {
    String quoted = Overview.quoted(path);
    var remedies = new ArrayList<String>();
    remedies.add("hyperloop answer " + quoted + " \"...\"");
    if (handled.outcome() != Handled.Outcome.QUESTION) {
      remedies.add("hyperloop accept " + quoted);
    }
    return remedies;
  }

  private static String ids(List<TaskView> tasks) {
    return tasks.stream().map(t -> t.task().id().toString()).collect(Collectors.joining(", "));
  }
}
