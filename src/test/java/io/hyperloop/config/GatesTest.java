package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hyperloop.domain.Gate;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gates of a repository that works through pull requests. */
class GatesTest {
  @Test
  void theApprovalGateNeedsNoEntry() {
    assertThat(gates("pipeline: [{gate: human-pr-approval}, {action: merge-pr}]"))
        .isEqualTo(Map.of("human-pr-approval", new Gate.Label("lgtm")));
  }

  @Test
  void everyTypeHasItsDefaults() {
    assertThat(
            entries(
                """
                a: {type: manual}
                b: {type: label}
                c: {type: pr-approval}
                d: {type: ci-status}
                """))
        .containsEntry("a", new Gate.Manual())
        .containsEntry("b", new Gate.Label("lgtm"))
        .containsEntry("c", new Gate.Approval(1))
        .containsEntry("d", new Gate.Checks(List.of(), false));
  }

  @Test
  void everySettingReachesItsPlace() {
    assertThat(
            entries(
                """
                human-pr-approval: {type: label, label: "ship it: now"}
                c: {type: pr-approval, approvals: 2}
                d: {type: ci-status, checks: [build, "test (17, linux)"], allow_none: false}
                e: {type: ci-status, allow_none: true}
                f: {type: all, require: [c, d, human-pr-approval]}
                """))
        .containsEntry("human-pr-approval", new Gate.Label("ship it: now"))
        .containsEntry("c", new Gate.Approval(2))
        .containsEntry("d", new Gate.Checks(List.of("build", "test (17, linux)"), false))
        .containsEntry("e", new Gate.Checks(List.of(), true))
        .containsEntry("f", new Gate.All(List.of("c", "d", "human-pr-approval")));
  }

  @Test
  void theApprovalGateMayBeMadeAnother() {
    assertThat(entries("human-pr-approval: {type: pr-approval, approvals: 3}"))
        .containsEntry("human-pr-approval", new Gate.Approval(3));
  }

  @Test
  void aGateMayRequireOneThatIsDefinedAfterIt() {
    assertThat(entries("a: {type: all, require: [z]}\nz: {type: ci-status}"))
        .containsEntry("a", new Gate.All(List.of("z")));
  }

  @Test
  void aGateThatIsRequiredByOneInUseIsInUse() {
    String text =
        """
        pipeline: [{gate: a}, {action: merge-pr}]
        gates: {a: {type: all, require: [b]}, b: {type: label}, c: {type: label}}
        """;

    assertThat(ProcessReader.parse("p.yaml", text, Set.of(), true).warnings())
        .containsExactly("the process defines c but no step uses it");
  }

  @Test
  void aKeyOfAnotherTypeIsNamedWithTheTypeThatHasIt() {
    assertThat(
            told(
                """
                a: {type: manual, label: x}
                b: {type: label, approvals: 2}
                c: {type: pr-approval, allow_none: true}
                d: {type: ci-status, require: [a]}
                e: {type: all, require: [a], checks: [x]}
                """))
        .containsExactly(
            "p.yaml:3 the key label does not belong to a gate of type manual; leave it out, or"
                + " write type: label",
            "p.yaml:4 the key approvals does not belong to a gate of type label; leave it out, or"
                + " write type: pr-approval",
            "p.yaml:5 the key allow_none does not belong to a gate of type pr-approval; leave it"
                + " out, or write type: ci-status",
            "p.yaml:6 the key require does not belong to a gate of type ci-status; leave it out, or"
                + " write type: all",
            "p.yaml:7 the key checks does not belong to a gate of type all; leave it out, or write"
                + " type: ci-status");
  }

  @Test
  void anUnknownKeyIsAnsweredWithThoseOfItsType() {
    assertThat(
            told(
                """
                a: {type: label, lable: x}
                b: {type: ci-status, zebra: x}
                c: {type: manual, zebra: x}
                """))
        .containsExactly(
            "p.yaml:3 unknown key \"gates.a.lable\" of a gate of type label; did you mean"
                + " \"label\"?",
            "p.yaml:4 unknown key \"gates.b.zebra\" of a gate of type ci-status; use one of:"
                + " allow_none, checks",
            "p.yaml:5 unknown key \"gates.c.zebra\" of a gate of type manual; leave it out");
  }

  @Test
  void whatIsRequiredMustBeAnotherGateOfAnotherType() {
    assertThat(
            told(
                """
                lint: {type: ci-status, checks: [lint]}
                a: {type: all, require: [a, lint]}
                b: {type: all, require: [lnt]}
                c: {type: all, require: [a]}
                d: {type: all}
                e: {type: all, require: [lint, lint]}
                f: {type: all, require: []}
                g:
                  type: all
                  require:
                    - lint
                    - zebra
                """))
        .containsExactly(
            "p.yaml:4 the gate \"a\" requires itself; take it out",
            "p.yaml:5 the gate \"b\" requires \"lnt\", which is not defined; did you mean"
                + " \"lint\"?",
            "p.yaml:6 the gate \"c\" requires \"a\", which is of type all itself; name what a"
                + " requires instead",
            "p.yaml:7 gates.d: the key require is missing; add require:",
            "p.yaml:8 gates.e.require names the same twice; keep one of them",
            "p.yaml:9 gates.f.require is an empty list; add an item",
            "p.yaml:14 the gate \"g\" requires \"zebra\", which is not defined; add gates: {zebra:"
                + " {type: label}}");
  }

  @Test
  void noChecksAtAllCannotDoWhereChecksAreNamed() {
    assertThat(told("a:\n  type: ci-status\n  checks: [build]\n  allow_none: true"))
        .containsExactly(
            "p.yaml:6 allow_none is for a gate that names no checks, and this one does; leave one"
                + " of them out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: label, label: ''}",
        "{type: label, label: ' x'}",
        "{type: label, label: \"x\\n\"}",
        "{type: label, label: \"a\\tb\"}",
        "{type: label, label: 'a,b'}",
        "{type: label, label: 7}",
        "{type: label, label: null}",
        "{type: label, label: 123456789o123456789o123456789o123456789o123456789ox}",
        "{type: pr-approval, approvals: 0}",
        "{type: pr-approval, approvals: 11}",
        "{type: pr-approval, approvals: two}",
        "{type: ci-status, checks: build}",
        "{type: ci-status, checks: []}",
        "{type: ci-status, checks: [3.12]}",
        "{type: ci-status, checks: [a, a]}",
        "{type: ci-status, allow_none: yes}",
        "{type: all, require: lint}",
        "{type: all, require: [7]}",
        "{type: labl, label: x}",
        "{label: x}",
        "label"
      })
  void whatMakesNoSenseIsRefused(String gate) {
    assertThat(told("a: " + gate)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "é",
        "priority: high 🔥",
        "123456789o123456789o123456789o123456789o123456789o"
      })
  void aLabelMayBeCalledThat(String label) {
    assertThat(entries("a: {type: label, label: \"" + label + "\"}"))
        .containsEntry("a", new Gate.Label(label));
  }

  private static Map<String, Gate> entries(String entries) {
    return gates("pipeline: [{action: merge-pr}]\ngates:\n" + entries.indent(2));
  }

  private static Map<String, Gate> gates(String text) {
    return ProcessReader.parse("p.yaml", text, Set.of(), true).process().gates();
  }

  private static List<String> told(String entries) {
    return catchThrowableOfType(PortFailure.class, () -> entries(entries)).problems().stream()
        .map(p -> p.where() + " " + p.what() + "; " + p.remedy())
        .toList();
  }
}
