package io.hyperloop.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schemas that ship with the program, as texts. */
public final class ShippedSchemas {
  public static final String CONFIGURATION = "hyperloop.schema.json";
  public static final String PROCESS = "process.schema.json";
  public static final String AGENT = "agent.schema.json";

  private ShippedSchemas() {}

  /** The text of one. */
  public static String text(String file) {
    try (InputStream in =
        ShippedSchemas.class.getResourceAsStream("/io/hyperloop/schema/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the schema " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
