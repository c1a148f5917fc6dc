package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecStatus;
import io.hyperloop.domain.State;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hyperloop accept}. */
@Command(
    name = "accept",
    description = {
      "Marks specs as in sync at their present text, without any work.",
      "So starts a repository whose code already does what its specs say."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop accept specs/auth.md specs/billing.md",
      "  hyperloop accept --all               every spec that no task is working on"
    })
final class AcceptCommand extends BaseCommand {
  @Parameters(arity = "0..*", paramLabel = "SPEC", description = "Paths of specs.")
  List<String> names = List.of();

  @Option(names = "--all", description = "Every spec not in sync that no task is working on.")
  boolean all;

  @Mixin PlaceOptions options = new PlaceOptions();

  AcceptCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("accept");
    if (all == !names.isEmpty()) {
      throw wrong("name specs, or say --all");
    }
    Workspace workspace = context.engine().get().open(options.place(context));
    Map<String, Spec> specs = workspace.specs();
    State state = workspace.state();
    SortedMap<String, SpecStatus> statuses = SpecStatus.all(state, specs);
    var blobs = new TreeMap<String, String>();
    if (all) {
      statuses.forEach((path, status) -> {
        if (status == SpecStatus.OUT_OF_SYNC || status == SpecStatus.NEEDS_HUMAN) {
          blobs.put(path, blob(specs, path));
        }
      });
    } else {
      for (String name : names) {
        Spec spec = Lookup.spec(workspace, specs, context.directory(), name);
        refuseUnderWork(spec.path(), statuses);
        blobs.put(spec.path(), spec.blob());
      }
    }
    if (blobs.isEmpty()) {
      console().line("nothing to accept: every spec is in sync or being worked on");
      return ExitCode.DONE;
    }
    workspace.submit(id -> new Request.Accept(id, blobs));
    blobs.keySet().forEach(path -> console().line("accepted " + path));
    console().line(Lookup.whenTaken(workspace));
    return ExitCode.DONE;
  }

  private static String blob(Map<String, Spec> specs, String path) {
    Spec spec = specs.get(path);
    if (spec == null) {
      throw new IllegalStateException("a status without a spec: " + path);
    }
    return spec.blob();
  }

  private static void refuseUnderWork(String path, SortedMap<String, SpecStatus> statuses) {
    if (statuses.get(path) == SpecStatus.RECONCILING) {
      throw new PortFailure(
          Problem.user(
              path + " is being worked on",
              "",
              "wait until its tasks have ended; see: hyperloop get tasks"));
    }
  }
}
