package io.hyperloop.cli;

import io.hyperloop.terminal.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints a log whole lines at a time, and goes on with the next log when one begins. */
final class LogFollower {
  private static final int PIECE = 64 << 10;

  private final Supplier<Optional<Path>> newest;
  private final Consumer<String> out;
  private @Nullable Path current;
  private long printed;
  private boolean midLine;

  /**
   * A follower that has printed nothing.
   *
   * @param newest the log to print, which another may follow
   * @param out takes text that is safe to print
   */
  LogFollower(Supplier<Optional<Path>> newest, Consumer<String> out) {
    this.newest = newest;
    this.out = out;
  }

  /**
   * Prints what there is, and what comes as long as there may come more.
   *
   * @param more whether more may come
   * @param pause waits a moment; false to end
   */
  void follow(BooleanSupplier more, BooleanSupplier pause) {
    boolean last = false;
    while (!last) {
      // Asked before the file is read, so that what was written until then is printed.
      last = !more.getAsBoolean();
      step();
      last |= !last && !pause.getAsBoolean();
    }
    print(true);
  }

  private void step() {
    Optional<Path> log = newest.get();
    if (log.isPresent() && !log.get().equals(current)) {
      print(true);
      current = log.get();
      printed = 0;
      out.accept((midLine ? "\n" : "") + "== " + title(log.get()) + " ==\n");
      midLine = false;
    }
    print(false);
  }

  private static String title(Path log) {
    return Text.line(String.valueOf(log.getFileName()).replaceFirst("\\.log$", ""));
  }

  /** Prints what is new: whole lines, or all of it. */
  private void print(boolean rest) {
    if (current == null) {
      return;
    }
    try (SeekableByteChannel file = Files.newByteChannel(current)) {
      var piece = ByteBuffer.allocate(PIECE);
      while (true) {
        file.position(printed);
        int read = file.read(piece.clear());
        int length = read <= 0 ? 0 : complete(piece.array(), read, rest || read == PIECE);
        if (length == 0) {
          return;
        }
        out.accept(Text.block(new String(piece.array(), 0, length, StandardCharsets.UTF_8)));
        printed += length;
        midLine = piece.array()[length - 1] != '\n';
      }
    } catch (NoSuchFileException e) {
      // Deleted for its age meanwhile.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes end with a line; all of them where no line ends, or half of one may be told. */
  private static int complete(byte[] bytes, int length, boolean half) {
    for (int end = length; end > 0; end--) {
      if (bytes[end - 1] == '\n') {
        return half && end < length && length < PIECE ? length : end;
      }
    }
    return half ? length : 0;
  }
}
