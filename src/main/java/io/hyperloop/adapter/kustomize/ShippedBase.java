package io.hyperloop.adapter.kustomize;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The templates that ship with the program. */
public final class ShippedBase {
  static final String KUSTOMIZATION = "kustomization.yaml";
  static final List<String> RESOURCES =
      List.of(
          "pm.yaml", "implementer.yaml", "verifier.yaml", "process-improver.yaml", "process.yaml");

  private ShippedBase() {}

  /** Contents by file name. */
  public static SortedMap<String, byte[]> files() {
    var files = new TreeMap<String, byte[]>();
    files.put(KUSTOMIZATION, content(KUSTOMIZATION));
    RESOURCES.forEach(name -> files.put(name, content(name)));
    return Collections.unmodifiableSortedMap(files);
  }

  private static byte[] content(String name) {
    try (InputStream in = ShippedBase.class.getResourceAsStream("/io/hyperloop/base/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the template " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
