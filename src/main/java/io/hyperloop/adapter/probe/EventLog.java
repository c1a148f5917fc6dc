package io.hyperloop.adapter.probe;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every event as a line of JSON: {@code {"sequence":7,"at":"2026-11-22T10:00:00Z","event":
 * "worker-started","key":"task-001.verifier.0.0","role":"verifier"}}. The names are those of {@link
 * Event}, in {@code snake_case}.
 *
 * <p>When the file has reached its limit it becomes {@code events.jsonl.1}, replacing an older one.
 * Works only for one writer at a time; holding the orchestrator's lock makes it that.
 */
public final class EventLog implements Probe, AutoCloseable {
  private static final long BYTES_MAX = 8L << 20;
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final Path file;
  private final long bytesMax;
  private final JsonMapper json = JsonMapper.shared();
  private @Nullable OutputStream out;
  private long size;

  public EventLog(Path file) {
    this(file, BYTES_MAX);
  }

  EventLog(Path file, long bytesMax) {
    this.file = file;
    this.bytesMax = bytesMax;
  }

  @Override
  public synchronized void accept(Entry entry) {
    byte[] line = (json.writeValueAsString(fields(entry)) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      OutputStream open = open(line.length);
      open.write(line);
      size += line.length;
    } catch (IOException e) {
      // A full disk or a lost directory: this event is lost, the next one tries anew.
      close();
    }
  }

  private OutputStream open(int coming) throws IOException {
    if (out != null && size + coming <= bytesMax) {
      return out;
    }
    close();
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    size = Files.exists(file) ? Files.size(file) : 0;
    if (size > 0 && size + coming > bytesMax) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      size = 0;
    }
    // Not a channel: those close themselves when the thread that writes is interrupted.
    out = new FileOutputStream(new File(file.toString()), true);
    return out;
  }

  private static Map<String, Object> fields(Entry entry) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("sequence", entry.sequence());
    fields.put("at", entry.at().toString());
    fields.put("event", snake(entry.event().getClass().getSimpleName()).replace('_', '-'));
    for (RecordComponent component : entry.event().getClass().getRecordComponents()) {
      fields.put(snake(component.getName()), value(component, entry.event()));
    }
    return fields;
  }

  private static Object value(RecordComponent component, Event event) {
    try {
      return plain(component.getAccessor().invoke(event));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an event's components are public: " + component, e);
    }
  }

  private static Object plain(Object value) {
    return switch (value) {
      case TaskId id -> id.toString();
      case JobKey key -> key.name();
      case Collection<?> several -> several.stream().map(EventLog::plain).toList();
      default -> value;
    };
  }

  private static String snake(String camel) {
    return HUMP.matcher(camel).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  @Override
  public synchronized void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Written without a buffer: there is nothing left to lose.
      }
    }
  }
}
