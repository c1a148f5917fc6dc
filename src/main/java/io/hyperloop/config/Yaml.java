package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Mark;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.config.YamlNode.Sequence;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 that cannot hurt: no tags, every key once and a text, and bounds on length, depth, and
 * the number of nodes once aliases are expanded. Nothing is ever made but the nodes themselves.
 */
public final class Yaml {
  /** Bytes in a file that a person writes. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final int DEPTH_MAX = 50;
  private static final int NODES_MAX = 100_000;
  private static final int ALIASES_MAX = 50;

  private final String source;
  private final boolean lines;
  private final Iterator<Event> events;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private int aliases;

  private Yaml(String source, boolean lines, Iterator<Event> events) {
    this.source = source;
    this.lines = lines;
    this.events = events;
  }

  /**
   * The one document of a file; null for a file that says nothing.
   *
   * @param source names the file in messages
   * @throws PortFailure of kind USER naming file, line and what is wrong
   */
  public static @Nullable YamlNode document(String source, byte[] content) {
    if (content.length > FILE_BYTES_MAX) {
      throw refused(
          "longer than " + (FILE_BYTES_MAX >> 20) + " MiB", new Mark(source, 0), "shorten it");
    }
    return document(source, decoded(source, content));
  }

  /** As the other, of a text that is decoded. */
  public static @Nullable YamlNode document(String source, String text) {
    List<YamlNode> documents = parse(source, true, text);
    if (documents.size() > 1) {
      throw refused(
          "more than one YAML document",
          documents.get(1).mark(),
          "keep one; a line of three hyphens begins another");
    }
    return documents.isEmpty() ? null : documents.getFirst();
  }

  /**
   * All documents of a text that a program wrote, where line numbers would mean nothing to a
   * person.
   */
  public static List<YamlNode> stream(String source, String text) {
    return parse(source, false, text);
  }

  private static List<YamlNode> parse(String source, boolean lines, String text) {
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    // All at once: version 3.0.1 fails where the end of a buffer cuts a character in two.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(64 << 20)
            .setBufferSize(Math.max(1, bare.length()))
            .build();
    var documents = new ArrayList<YamlNode>();
    try {
      var yaml = new Yaml(source, lines, new Parse(settings).parseString(bare).iterator());
      while (yaml.events.hasNext()) {
        if (yaml.events.next() instanceof DocumentStartEvent) {
          yaml.anchors.clear();
          YamlNode node = yaml.node(yaml.events.next(), 0);
          if (!(node instanceof Scalar scalar && scalar.text().isEmpty())) {
            documents.add(node);
          }
        }
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw refused(
          "not valid YAML: " + e.getProblem(), new Mark(source, line), "correct the line");
    } catch (YamlEngineException e) {
      throw refused(
          "not valid YAML: " + String.valueOf(e.getMessage()).strip(),
          new Mark(source, 0),
          "correct the file");
    }
    return documents;
  }

  private static String decoded(String source, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw refused("not UTF-8", new Mark(source, 0), "save the file as UTF-8");
    }
  }

  private YamlNode node(Event event, int depth) {
    if (depth > DEPTH_MAX) {
      throw refused("nested deeper than " + DEPTH_MAX + " levels", mark(event), "flatten it");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent start -> sequence(start, depth);
          case MappingStartEvent start -> mapping(start, depth);
          default -> throw new IllegalStateException("not the start of a node: " + event);
        };
    if (node.size() > NODES_MAX) {
      throw refused(
          "more than " + NODES_MAX + " nodes with its aliases expanded",
          mark(event),
          "write out what the aliases stand for");
    }
    // Only now: an alias inside of its own anchor finds nothing and is refused.
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private YamlNode aliased(AliasEvent alias) {
    YamlNode target = anchors.get(alias.getAlias());
    if (target == null) {
      throw refused(
          "the alias *" + alias.getAlias() + " stands for nothing, or for what it is part of",
          mark(alias),
          "write out what it should stand for");
    }
    aliases++;
    if (aliases > ALIASES_MAX) {
      throw refused(
          "more than " + ALIASES_MAX + " aliases", mark(alias), "write out what they stand for");
    }
    return target;
  }

  private YamlNode sequence(SequenceStartEvent start, int depth) {
    untagged(start.getTag(), start);
    var items = new ArrayList<YamlNode>();
    int size = 1;
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      YamlNode item = node(e, depth + 1);
      items.add(item);
      size = Math.min(size + item.size(), NODES_MAX + 1);
    }
    return new Sequence(mark(start), items, size);
  }

  private YamlNode mapping(MappingStartEvent start, int depth) {
    untagged(start.getTag(), start);
    var entries = new LinkedHashMap<String, YamlNode.Entry>();
    int size = 1;
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      if (!(node(e, depth + 1) instanceof Scalar key)) {
        throw refused("a key that is not a text", mark(e), "use a plain word as the key");
      }
      YamlNode value = node(events.next(), depth + 1);
      YamlNode.Entry earlier = entries.put(key.text(), new YamlNode.Entry(mark(e), value));
      if (earlier != null) {
        throw refused(
            "the key \"" + key.text() + "\" stands twice, first at " + earlier.mark(),
            mark(e),
            "keep one of them");
      }
      size = Math.min(size + 1 + value.size(), NODES_MAX + 1);
    }
    return new Mapping(mark(start), entries, size);
  }

  private YamlNode scalar(ScalarEvent event) {
    untagged(event.getTag(), event);
    String text = event.getValue();
    return new Scalar(mark(event), event.isPlain() ? YamlScalars.value(text) : text, text);
  }

  private void untagged(Optional<String> tag, Event event) {
    if (tag.isPresent()) {
      throw refused("the tag " + tag.get() + " is not allowed", mark(event), "remove the tag");
    }
  }

  private Mark mark(Event event) {
    return new Mark(source, lines ? event.getStartMark().map(m -> m.getLine() + 1).orElse(0) : 0);
  }

  private static PortFailure refused(String what, Mark where, String remedy) {
    return new PortFailure(Problem.user(what, where.toString(), remedy));
  }
}
