package io.hyperloop.demo;

/** The little programs that the scripted implementer writes. */
final class DemoPrograms {
  private DemoPrograms() {}

  static String greet(boolean complete) {
    return "#!/bin/sh\n" + (complete ? usage("greet") : "") + "printf 'Hello, %s!\\n' \"$1\"\n";
  }

  static String farewell() {
    return "#!/bin/sh\n" + usage("farewell") + "printf 'Goodbye, %s.\\n' \"$1\"\n";
  }

  static String greetingTest(boolean complete) {
    return test("bin/greet", "Hello, Ada!") + (complete ? usageTest("bin/greet", "greet") : "");
  }

  static String farewellTest() {
    return test("bin/farewell", "Goodbye, Ada.") + usageTest("bin/farewell", "farewell");
  }

  private static String usage(String name) {
    return """
    if [ $# -ne 1 ] || [ -z "$1" ]; then
      echo 'usage: %s NAME' >&2
      exit 2
    fi
    """
        .formatted(name);
  }

  private static String test(String program, String expected) {
    return """
    #!/bin/sh
    # Run from the root of the repository.
    said=$(./%s Ada) || { echo "failed with a name"; exit 1; }
    [ "$said" = "%s" ] || { echo "said: $said"; exit 1; }
    """
        .formatted(program, expected);
  }

  private static String usageTest(String program, String name) {
    return """
    said=$(./%s 2>&1 >/dev/null)
    [ $? -eq 2 ] || { echo "did not exit with 2 without a name"; exit 1; }
    [ "$said" = "usage: %s NAME" ] || { echo "said: $said"; exit 1; }
    """
        .formatted(program, name);
  }
}
