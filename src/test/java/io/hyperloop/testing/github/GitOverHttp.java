package io.hyperloop.testing.github;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The repository for clones: git's own server program. Whoever pushes must have a token. */
final class GitOverHttp {
  private final Path bare;
  private final String prefix;
  private final Map<String, Account> accounts;

  /**
   * @param prefix of the addresses, such as {@code /acme/widgets.git}
   */
  GitOverHttp(Path bare, String prefix, Map<String, Account> accounts) {
    this.bare = bare;
    this.prefix = prefix;
    this.accounts = accounts;
  }

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(prefix.length());
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      boolean pushes = path.contains("receive-pack") || query.contains("receive-pack");
      Account account = account(exchange.getRequestHeaders().getFirst("Authorization"));
      if (pushes && (account == null || !account.push())) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GitHub\"");
        exchange.sendResponseHeaders(account == null ? 401 : 403, -1);
        return;
      }
      answer(exchange, serve(exchange, path, query, account));
    }
  }

  private @Nullable Account account(@Nullable String basic) {
    if (basic == null || !basic.startsWith("Basic ")) {
      return null;
    }
    byte[] decoded = Base64.getDecoder().decode(basic.substring("Basic ".length()));
    String pair = new String(decoded, StandardCharsets.UTF_8);
    return accounts.get(pair.substring(pair.indexOf(':') + 1));
  }

  private byte[] serve(HttpExchange exchange, String path, String query, @Nullable Account account)
      throws IOException {
    var program =
        new ProcessBuilder(List.of("git", "http-backend"))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = program.environment();
    environment.put("GIT_PROJECT_ROOT", bare.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", path);
    environment.put("QUERY_STRING", query.equals("null") ? "" : query);
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    header(exchange, "Content-Type", environment, "CONTENT_TYPE");
    header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
    header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
    if (account != null) {
      environment.put("REMOTE_USER", account.login());
    }
    byte[] given = exchange.getRequestBody().readAllBytes();
    environment.put("CONTENT_LENGTH", String.valueOf(given.length));
    Process process = program.start();
    Thread feeder = Thread.startVirtualThread(() -> feed(process, given));
    try (InputStream out = process.getInputStream()) {
      var answer = new ByteArrayOutputStream();
      var unused = out.transferTo(answer);
      return answer.toByteArray();
    } finally {
      feeder.interrupt();
      process.destroy();
    }
  }

  private static void header(
      HttpExchange exchange, String name, Map<String, String> environment, String variable) {
    String value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  private static void feed(Process process, byte[] given) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(given);
    } catch (IOException e) {
      // It needed no more.
    }
  }

  /** What CGI programs print: headers, an empty line, the body. */
  private static void answer(HttpExchange exchange, byte[] printed) throws IOException {
    String text = new String(printed, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    int status = 200;
    for (String line : text.substring(0, Math.max(end, 0)).split("\r\n")) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0));
      String value = line.substring(colon + 1).strip();
      if (name.equals("Status")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else if (!name.isEmpty()) {
        exchange.getResponseHeaders().set(name, value);
      }
    }
    byte[] body = Arrays.copyOfRange(printed, end < 0 ? 0 : end + 4, printed.length);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
