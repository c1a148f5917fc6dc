package io.hyperloop.adapter.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a terminal as the live view uses: lines, going up, erasing. */
final class Emulator {
  private static final Pattern PIECE =
      Pattern.compile("\u001b\\[(\\d*)([AKJ])|\r|\n|[^\u001b\r\n]+", Pattern.DOTALL);

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  Emulator(String text) {
    Matcher pieces = PIECE.matcher(text);
    while (pieces.find()) {
      String command = pieces.group(2);
      switch (command == null ? pieces.group() : command) {
        case "A" -> row = Math.max(0, row - Integer.parseInt(pieces.group(1)));
        case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        case "J" -> {
          lines.get(row).setLength(Math.min(column, lines.get(row).length()));
          lines.subList(row + 1, lines.size()).clear();
        }
        case "\r" -> column = 0;
        case "\n" -> {
          row++;
          column = 0;
          if (row == lines.size()) {
            lines.add(new StringBuilder());
          }
        }
        default -> {
          String print = pieces.group();
          StringBuilder line = lines.get(row);
          line.replace(column, Math.min(line.length(), column + print.length()), print);
          column += print.length();
        }
      }
    }
  }

  /** What is to be seen, without the empty line in which the cursor rests. */
  List<String> lines() {
    return lines.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
  }
}
