package io.hyperloop.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The model of {@code hyperloop demo}: plays PM, implementer and verifier for the two specs of
 * {@link DemoRepository}. What it does is real (files, tests, commits in the work tree) and so is
 * its verdict, which follows from what the commands printed; only the thinking is scripted. The
 * first implementation of the greeting forgets a requirement, for the verifier to find.
 */
public final class DemoScript implements Script {
  private static final String GREETING = "specs/greeting.md";
  private static final String FAREWELL = "specs/farewell.md";

  private static final String SCRIPTED =
      "This model is a script that builds the demo's two specs, once. For anything else, set"
          + " ANTHROPIC_API_KEY and use `hyperloop run`.";

  @Override
  public Reply reply(Said said) {
    String spec = said.field("Spec");
    boolean greeting = spec.startsWith(GREETING + "@");
    boolean known = greeting || spec.startsWith(FAREWELL + "@");
    String role = said.field("Role");
    if (role.equals("pm")) {
      return pm(said);
    }
    if (known && role.equals("implementer")) {
      return implementer(said, greeting);
    }
    return known && role.equals("verifier")
        ? verifier(said, greeting)
        : Script.report("question", SCRIPTED);
  }

  private static Reply pm(Said said) {
    if (said.results().isEmpty()) {
      return Script.bash(
          "I look at the specs and at what is there already.", "git ls-files specs bin");
    }
    List<String> files = said.results().getFirst().text().lines().toList();
    var tasks = new ArrayList<Map<String, Object>>();
    var questions = new ArrayList<Map<String, Object>>();
    for (String file : files) {
      if (!file.endsWith(".md") || !said.prompt().contains(file)) {
        continue;
      }
      if (file.equals(GREETING) && !files.contains("bin/greet")) {
        tasks.add(
            task("greeting", "Greet by name", file, "Build `bin/greet` and its test.", List.of()));
      } else if (file.equals(FAREWELL) && !files.contains("bin/farewell")) {
        boolean first = files.contains(GREETING) && !files.contains("bin/greet");
        tasks.add(
            task(
                "farewell",
                "Take leave by name",
                file,
                "Build `bin/farewell` and its test, in the manner of the greeting.",
                first ? List.of("greeting") : List.of()));
      } else {
        questions.add(Map.of("spec", file, "question", SCRIPTED));
      }
    }
    // The greeting goes first whatever the order of the files: the farewell's key refers to it.
    tasks.sort(java.util.Comparator.comparing(task -> !"greeting".equals(task.get("key"))));
    return Script.call(
        "One task for each spec.", "report", Map.of("tasks", tasks, "questions", questions));
  }

  private static Map<String, Object> task(
      String key, String title, String spec, String description, List<String> deps) {
    return Map.of(
        "key", key, "title", title, "spec", spec, "description", description, "deps", deps);
  }

  private static Reply implementer(Said said, boolean greeting) {
    boolean again = !said.field("Round").equals("0");
    String program = greeting ? "bin/greet" : "bin/farewell";
    String test = greeting ? "tests/greeting.sh" : "tests/farewell.sh";
    String task = said.field("Task");
    return switch (said.results().size()) {
      case 0 ->
          Script.bash(
              again ? "I read the findings and what is there." : "I look around first.",
              "git log --oneline | head -5; ls; cat " + program + " 2>/dev/null || true");
      case 1 ->
          Script.write(
              "The program.",
              program,
              greeting ? DemoPrograms.greet(again) : DemoPrograms.farewell());
      case 2 ->
          Script.write(
              "Its test.",
              test,
              greeting ? DemoPrograms.greetingTest(again) : DemoPrograms.farewellTest());
      case 3 ->
          Script.bash("I run the test.", "chmod +x " + program + " " + test + " && sh " + test);
      case 4 ->
          Script.bash(
              "It passes; I commit.",
              "git add "
                  + program
                  + " "
                  + test
                  + " && git commit -q -m '"
                  + (again ? "Refuse to greet nobody" : "Add " + program)
                  + "' -m 'Spec-Ref: "
                  + said.field("Spec")
                  + "\nTask-Ref: "
                  + task
                  + "' && git log --oneline | head -1");
      default -> {
        boolean worked =
            said.results().stream()
                .noneMatch(result -> result.error() || result.text().contains("[exit code "));
        yield worked
            ? Script.report("pass", done(greeting, again))
            : Script.report("fail", "The last command did not work:\n" + lastOf(said));
      }
    };
  }

  private static String done(boolean greeting, boolean again) {
    if (!greeting) {
      return "Added `bin/farewell` with a test of both cases.";
    }
    return again
        ? "`bin/greet` refuses to greet nobody, and the test checks it."
        : "Added `bin/greet` with a test.";
  }

  private static Reply verifier(Said said, boolean greeting) {
    String program = greeting ? "bin/greet" : "bin/farewell";
    String test = greeting ? "tests/greeting.sh" : "tests/farewell.sh";
    String name = greeting ? "greet" : "farewell";
    return switch (said.results().size()) {
      case 0 -> Script.bash("I run the tests.", "sh " + test + "; echo \"status $?\"");
      case 1 ->
          Script.bash(
              "I try what the spec asks for without a name.",
              "out=$(./"
                  + program
                  + " 2>/dev/null); echo \"status $?, on standard output: '$out'\"; ./"
                  + program
                  + " 2>&1 >/dev/null || true");
      default -> {
        String tests = said.results().get(0).text();
        String nobody = said.results().get(1).text();
        if (!tests.contains("status 0")) {
          yield Script.report("fail", "The tests do not pass:\n\n" + tests);
        }
        if (!nobody.contains("status 2") || !nobody.contains("usage: " + name + " NAME")) {
          yield Script.report(
              "fail",
              "Without a name, `"
                  + program
                  + "` must print `usage: "
                  + name
                  + " NAME` on standard error and exit with 2. It does not, and the test does not"
                  + " look. What I saw:\n\n    "
                  + nobody.strip().replace("\n", "\n    "));
        }
        yield Script.report("pass", "The tests pass, and so does what I tried by hand.");
      }
    };
  }

  private static String lastOf(Said said) {
    return said.results().getLast().text();
  }
}
