package io.hyperloop.adapter.agent;

import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what an agent left as its report: one JSON object of at most 1 MiB in a plain file. Unknown
 * keys are ignored, a missing detail is empty, and anything else that does not fit is no report.
 * Whatever it says is hostile.
 */
public final class ReportFile {
  public static final int BYTES_MAX = 1 << 20;
  private static final int DEPTH_MAX = 32;
  private static final int ENTRIES_MAX = 20_000;
  private static final int PROBLEMS_MAX = 20;
  private static final int LINE_MAX = 300;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(BYTES_MAX)
                          .maxDocumentLength(BYTES_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ReportFile() {}

  /**
   * What is wrong with a report, one line each; empty if it will count.
   *
   * @param pm whether it is the PM's
   */
  public static List<String> faults(Path file, boolean pm) {
    return switch (pm ? pm(file) : task(file)) {
      case Read.Fits<?> fits -> List.of();
      case Read.Faulty<?>(List<String> problems) -> problems;
      case Read.Missing<?>(String why) -> List.of(why);
    };
  }

  /** Leaves a report in place of what lies there, without following a link. */
  public static void put(Path file, byte[] json) throws IOException {
    boolean ignored = Files.deleteIfExists(file);
    Files.write(file, json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** What was read. */
  sealed interface Read<T> {
    record Fits<T>(T report) implements Read<T> {}

    /** A report was left, and these are its faults, one line each. */
    record Faulty<T>(List<String> problems) implements Read<T> {}

    /** There is none, or nothing that could be read as one. */
    record Missing<T>(String why) implements Read<T> {}
  }

  /** Reads the report of an agent on a task. */
  static Read<Report> task(Path file) {
    return read(
        file,
        (node, faults) -> {
          Report.Verdict verdict = verdict(node, faults);
          String detail = text(node, "detail", "detail", faults, "");
          boolean noChange = flag(node, faults);
          return new Report(verdict, detail, noChange);
        });
  }

  /** Reads the PM's answer. */
  static Read<PmReport> pm(Path file) {
    return read(
        file,
        (node, faults) -> {
          if (!node.has("tasks")
              && !node.has("satisfied")
              && !node.has("deferred")
              && !node.has("questions")) {
            faults.add("none of the keys tasks, satisfied, deferred, questions is there");
          }
          return new PmReport(
              proposals(node, faults),
              notes(node, "satisfied", "evidence", faults),
              notes(node, "deferred", "reason", faults),
              notes(node, "questions", "question", faults));
        });
  }

  @FunctionalInterface
  private interface Shape<T> {
    T of(JsonNode node, List<String> faults);
  }

  private static <T> Read<T> read(Path file, Shape<T> shape) {
    byte[] bytes;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return new Read.Missing<>("the report is not a plain file");
      }
      if (attributes.size() > BYTES_MAX) {
        return new Read.Missing<>(
            String.format(
                Locale.ROOT, "the report has %,d bytes; at most 1 MiB is read", attributes.size()));
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        bytes = in.readNBytes(BYTES_MAX + 1);
      }
    } catch (NoSuchFileException e) {
      return new Read.Missing<>("the agent ended without a report");
    } catch (IOException e) {
      return new Read.Missing<>("the report cannot be read: " + e.getMessage());
    }
    return parse(bytes, shape);
  }

  private static <T> Read<T> parse(byte[] bytes, Shape<T> shape) {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException e) {
      return new Read.Faulty<>(
          List.of("the report is not valid JSON: " + line(e.getOriginalMessage())));
    }
    if (node == null || !node.isObject()) {
      return new Read.Faulty<>(List.of("the report is not a JSON object"));
    }
    var faults = new ArrayList<String>();
    T report = shape.of(node, faults);
    if (faults.isEmpty()) {
      return new Read.Fits<>(report);
    }
    if (faults.size() > PROBLEMS_MAX) {
      int more = faults.size() - PROBLEMS_MAX;
      faults.subList(PROBLEMS_MAX, faults.size()).clear();
      faults.add("and " + more + " more");
    }
    return new Read.Faulty<>(faults);
  }

  private static Report.Verdict verdict(JsonNode node, List<String> faults) {
    String word = text(node, "verdict", "verdict", faults, null);
    return switch (word) {
      case "pass" -> Report.Verdict.PASS;
      case "question" -> Report.Verdict.QUESTION;
      case "fail" -> Report.Verdict.FAIL;
      default -> {
        if (!word.isEmpty()) {
          faults.add("verdict: must be pass, fail or question, not " + line(word));
        }
        yield Report.Verdict.FAIL;
      }
    };
  }

  private static boolean flag(JsonNode node, List<String> faults) {
    JsonNode value = node.path("no_change");
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      faults.add("no_change: must be true or false");
      return false;
    }
    return value.booleanValue();
  }

  private static List<PmReport.Proposal> proposals(JsonNode node, List<String> faults) {
    var proposals = new ArrayList<PmReport.Proposal>();
    List<JsonNode> entries = entries(node, "tasks", "tasks", faults);
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      String at = "tasks[" + i + "]";
      if (!entry.isObject()) {
        faults.add(at + ": must be an object");
        continue;
      }
      proposals.add(
          new PmReport.Proposal(
              text(entry, "key", at + ".key", faults, ""),
              text(entry, "title", at + ".title", faults, null),
              text(entry, "spec", at + ".spec", faults, null),
              text(entry, "description", at + ".description", faults, ""),
              texts(entry, "deps", at + ".deps", faults),
              texts(entry, "replaces", at + ".replaces", faults)));
    }
    return proposals;
  }

  private static List<PmReport.Note> notes(
      JsonNode node, String key, String word, List<String> faults) {
    var notes = new ArrayList<PmReport.Note>();
    List<JsonNode> entries = entries(node, key, key, faults);
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      String at = key + "[" + i + "]";
      if (!entry.isObject()) {
        faults.add(at + ": must be an object");
        continue;
      }
      notes.add(
          new PmReport.Note(
              text(entry, "spec", at + ".spec", faults, null),
              text(entry, word, at + "." + word, faults, null)));
    }
    return notes;
  }

  private static List<JsonNode> entries(JsonNode node, String key, String at, List<String> faults) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      faults.add(at + ": must be a list");
      return List.of();
    }
    if (value.size() > ENTRIES_MAX) {
      faults.add(at + ": has " + value.size() + " entries");
      return List.of();
    }
    return List.copyOf(value.values());
  }

  private static List<String> texts(JsonNode node, String key, String at, List<String> faults) {
    var texts = new ArrayList<String>();
    for (JsonNode entry : entries(node, key, at, faults)) {
      if (entry.isString()) {
        texts.add(entry.stringValue());
      } else {
        faults.add(at + ": must be a list of strings");
        return List.of();
      }
    }
    return texts;
  }

  /** The text under a key; where it is missing, the default, and without one that is a fault. */
  private static String text(
      JsonNode node, String key, String at, List<String> faults, @Nullable String whenMissing) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      if (whenMissing == null) {
        faults.add(at + ": is missing");
        return "";
      }
      return whenMissing;
    }
    if (!value.isString()) {
      faults.add(at + ": must be a string");
      return "";
    }
    String text = value.stringValue();
    if (whenMissing == null && text.isBlank()) {
      faults.add(at + ": is empty");
      return "";
    }
    return text;
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LINE_MAX ? line.substring(0, LINE_MAX) + "..." : line;
  }
}
