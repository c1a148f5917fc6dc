package io.hyperloop.adapter.state;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Safe reading of YAML: bounded in size, depth and aliases; tags, several documents and keys that
 * recur are errors. Aliases are never expanded, so that no text can grow.
 */
final class Yaml {
  static final int SIZE_MAX = 16 << 20;
  private static final int DEPTH_MAX = 20;
  private static final int ALIASES_MAX = 50;
  private final String file;
  private final int offset;
  private final Iterator<Event> events;
  private int aliases;

  private Yaml(String file, int offset, Iterator<Event> events) {
    this.file = file;
    this.offset = offset;
    this.events = events;
  }

  /**
   * Reads a document that is a mapping; an empty one is a mapping without keys.
   *
   * @param file for messages
   * @param firstLine the number of the text's first line in that file
   * @throws PortFailure of kind USER naming file and line
   */
  static Node.Mapping read(String file, String text, int firstLine) {
    try {
      var yaml = new Yaml(file, firstLine, new Parse(settings(text)).parseString(text).iterator());
      return yaml.document(firstLine);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + firstLine;
      throw wrong(file, line, "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw wrong(file, firstLine, "not valid YAML: " + e.getMessage());
    }
  }

  /**
   * The whole text goes into the buffer at once: version 3.0.1 fails where the end of a buffer cuts
   * a character in two (StreamReader.extendIfTrailingHighSurrogate).
   */
  private static LoadSettings settings(String text) {
    return LoadSettings.builder()
        .setCodePointLimit(SIZE_MAX)
        .setBufferSize(Math.max(1, text.length()))
        .build();
  }

  static PortFailure wrong(String file, int line, String what) {
    return new PortFailure(
        Problem.user(what, file + ":" + line, "correct the file by hand and commit it"));
  }

  private Node.Mapping document(int firstLine) {
    Event event = next();
    while (event.getEventId() == Event.ID.StreamStart) {
      event = next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      return new Node.Mapping(Map.of(), Map.of(), firstLine);
    }
    Node root = node(next(), 0);
    next();
    if (next().getEventId() != Event.ID.StreamEnd) {
      throw wrong(file, root.line(), "more than one YAML document");
    }
    return switch (root) {
      case Node.Mapping mapping -> mapping;
      case Node.Scalar scalar when scalar.isNull() ->
          new Node.Mapping(Map.of(), Map.of(), firstLine);
      case Node.Scalar _, Node.Sequence _, Node.Alias _ ->
          throw wrong(file, root.line(), "must be keys with values");
    };
  }

  private Node node(Event event, int depth) {
    int line = line(event);
    if (depth > DEPTH_MAX) {
      throw wrong(file, line, "nested deeper than " + DEPTH_MAX);
    }
    return switch (event) {
      case AliasEvent _ -> {
        if (++aliases > ALIASES_MAX) {
          throw wrong(file, line, "more than " + ALIASES_MAX + " aliases");
        }
        yield new Node.Alias(line);
      }
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag().isPresent(), line);
        yield new Node.Scalar(scalar.getValue(), scalar.isPlain(), line);
      }
      case CollectionStartEvent start -> {
        refuseTag(start.getTag().isPresent(), line);
        yield start.getEventId() == Event.ID.SequenceStart
            ? sequence(line, depth)
            : mapping(line, depth);
      }
      case NodeEvent _, Event _ -> throw wrong(file, line, "unexpected " + event.getEventId());
    };
  }

  private Node sequence(int line, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      items.add(node(event, depth + 1));
    }
    return new Node.Sequence(items, line);
  }

  private Node mapping(int line, int depth) {
    Map<String, Node> values = new LinkedHashMap<>();
    Map<String, Integer> keyLines = new HashMap<>();
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
        throw wrong(file, line(event), "a key must be plain text");
      }
      if (values.put(key.text(), node(next(), depth + 1)) != null) {
        throw wrong(file, key.line(), key.text() + ": stands twice");
      }
      keyLines.put(key.text(), key.line());
    }
    return new Node.Mapping(values, keyLines, line);
  }

  private void refuseTag(boolean tagged, int line) {
    if (tagged) {
      throw wrong(file, line, "YAML tags are not allowed");
    }
  }

  private Event next() {
    return events.next();
  }

  private int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + offset;
  }
}
