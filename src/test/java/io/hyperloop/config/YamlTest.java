package io.hyperloop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.config.YamlNode.Sequence;
import io.hyperloop.port.PortFailure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
  @Test
  void everyNodeKnowsItsLine() {
    var mapping = (Mapping) read("# comment\na: 1\nb:\n  - x\n  - y\n");

    assertThat(YamlNode.locate(mapping, "/b")).hasToString("f.yaml:3");
    assertThat(YamlNode.locate(mapping, "/b/1")).hasToString("f.yaml:5");
    assertThat(YamlNode.locate(mapping, "/b/7/z")).hasToString("f.yaml:3");
  }

  @ParameterizedTest
  @CsvSource({
    "true, java.lang.Boolean",
    "yes, java.lang.String",
    "6, java.lang.Long",
    "0x1F, java.lang.Long",
    "99999999999999999999, java.math.BigInteger",
    "1.5, java.lang.Double",
    "10m, java.lang.String",
    "'\"6\"', java.lang.String"
  })
  void aPlainWordMeansWhatTheCoreSchemaSays(String text, String type) {
    var scalar = (Scalar) read(text);

    assertThat(Objects.requireNonNull(scalar.value()).getClass().getName()).isEqualTo(type);
  }

  @Test
  void aFileOfCommentsSaysNothing() {
    assertThat(Yaml.document("f.yaml", "# only this\n")).isNull();
    assertThat(Yaml.document("f.yaml", new byte[0])).isNull();
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreTaken() {
    var mapping = (Mapping) read("\uFEFFa: 1\r\nb: two\r\n");

    assertThat(mapping.string("b")).isEqualTo("two");
    assertThat(YamlNode.locate(mapping, "/b").line()).isEqualTo(2);
  }

  @Test
  void aBrokenLineIsNamed() {
    refused("a: 1\nb: [1,\nc: 2\n", "not valid YAML", "f.yaml:4");
  }

  @Test
  void aTabAsIndentIsNamed() {
    refused("a:\n\tb: 1\n", "not valid YAML", "f.yaml:2");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    refused("a: 1\nb: 2\na: 3\n", "stands twice, first at f.yaml:1", "f.yaml:3");
  }

  @Test
  void tagsAreRefused() {
    refused("a: !!java.net.URL [http://localhost]\n", "tag", "f.yaml:1");
    refused("a: 1\nb: !custom x\n", "tag !custom is not allowed", "f.yaml:2");
    refused("a: !!str 1\n", "tag", "f.yaml:1");
  }

  @Test
  void anAliasStandsForItsAnchor() {
    var mapping = (Mapping) read("a: &x [1, 2]\nb: *x\n");

    assertThat(((Sequence) Objects.requireNonNull(mapping.value("b"))).items()).hasSize(2);
  }

  @Test
  void aBombOfAliasesIsRefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String one = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", one, one, one, one, one)));
    }

    refused(bomb.toString(), "nodes with its aliases expanded", "f.yaml:7");
  }

  @Test
  void moreThanFiftyAliasesAreRefused() {
    refused("a: &a 1\nb: [" + "*a, ".repeat(51) + "*a]\n", "more than 50 aliases", "f.yaml:2");
  }

  @Test
  void anAliasInsideOfItsOwnAnchorIsRefused() {
    refused("a: &a [1, *a]\n", "what it is part of", "f.yaml:1");
  }

  @Test
  void deepNestingIsRefused() {
    refused("[".repeat(60) + "]".repeat(60), "nested deeper than 50", "f.yaml:1");
    refused("[".repeat(200_000), "nested deeper than 50", "f.yaml:1");
  }

  @Test
  void aHugeFileIsRefused() {
    byte[] huge = "# x\n".repeat(300_000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Yaml.document("f.yaml", huge))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("longer than 1 MiB")
        .hasMessageContaining("f.yaml");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] latin = "a: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Yaml.document("f.yaml", latin)).hasMessageContaining("not UTF-8");
  }

  @Test
  void controlCharactersAreRefused() {
    refused("a: \u0001\n", "not valid YAML", "f.yaml");
  }

  @Test
  void aSecondDocumentIsRefused() {
    refused("a: 1\n---\nb: 2\n", "more than one YAML document", "f.yaml:3");
  }

  @Test
  void aMappingAsAKeyIsRefused() {
    refused("? {a: 1}\n: b\n", "a key that is not a text", "f.yaml:1");
  }

  @Test
  void aStreamOfAProgramNamesPointersInsteadOfLines() {
    YamlNode second = Yaml.stream("the build", "a: 1\n---\nb: [2]\n").get(1);

    assertThat(YamlNode.locate(second, "/b/0")).hasToString("the build, at /b/0");
  }

  private static YamlNode read(String text) {
    return Objects.requireNonNull(Yaml.document("f.yaml", text));
  }

  private static void refused(String text, String what, String where) {
    assertThatThrownBy(() -> Yaml.document("f.yaml", text))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(what)
        .hasMessageContaining("where: " + where);
  }

  @Test
  void aCharacterOfTwoHalvesMayStandAnywhereInALongText() {
    for (int length = 1000; length < 1060; length++) {
      String text = "a: " + "x".repeat(length) + "\ud83d\ude00 " + "y".repeat(3000) + "\n";
      assertThat(Yaml.stream("a.yaml", text)).hasSize(1);
    }
  }
}
