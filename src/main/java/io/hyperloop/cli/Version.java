package io.hyperloop.cli;

/** Which hyperloop this is, and what it runs on. */
public final class Version {
  private Version() {}

  /** {@code hyperloop 0.1.0 (Java 25.0.3+9-LTS, Eclipse Adoptium)}. */
  public static String text() {
    return "hyperloop "
        + number()
        + " (Java "
        + System.getProperty("java.runtime.version")
        + ", "
        + System.getProperty("java.vendor")
        + ")";
  }

  /** The jar's version; {@code development} where classes were not loaded from one. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
