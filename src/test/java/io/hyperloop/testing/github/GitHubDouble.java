package io.hyperloop.testing.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * GitHub on loopback, with one repository {@code acme/widgets}. Closing it fails if anything was
 * asked that GitHub would not understand.
 */
public final class GitHubDouble implements AutoCloseable {
  /** The token of {@link Account#HYPERLOOP}. */
  public static final String TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Forge forge;
  private final String below;
  private final Faults faults = new Faults();
  private final RequestLog requests = new RequestLog();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  private GitHubDouble(HttpServer server, Forge forge, String below) {
    this.server = server;
    this.forge = forge;
    this.below = below;
    accounts.put(TOKEN, Account.HYPERLOOP);
  }

  /**
   * Starts one.
   *
   * @param bare where the repository is made, with one commit on {@code main}
   */
  public static GitHubDouble start(Path bare) {
    return start(Bare.create(bare), "");
  }

  /** Starts one around a bare repository that is there. */
  public static GitHubDouble around(Path bare) {
    return start(Bare.at(bare), "");
  }

  /** Starts one whose addresses are those of GitHub Enterprise Server. */
  public static GitHubDouble enterprise(Path bare) {
    return start(Bare.create(bare), "/api");
  }

  private static GitHubDouble start(Bare bare, String below) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      var started =
          new GitHubDouble(
              HttpServer.create(address, 0), new Forge("acme", "widgets", bare), below);
      started.server.createContext("/", started::handle);
      String clones = "/" + started.repository() + ".git";
      started.server.createContext(
          clones, new GitOverHttp(bare.path(), clones, started.accounts)::handle);
      started.server.setExecutor(started.threads);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("the double cannot listen on 127.0.0.1", e);
    }
  }

  /** For {@code GITHUB_API_URL}. */
  public String url() {
    return "http://127.0.0.1:"
        + server.getAddress().getPort()
        + (below.isEmpty() ? "" : below + "/v3");
  }

  public String repository() {
    return forge.owner + "/" + forge.name;
  }

  /** For an {@code origin} over HTTP; pushes need the token as a password. */
  public String cloneUrl() {
    return "http://127.0.0.1:%d/%s.git".formatted(server.getAddress().getPort(), repository());
  }

  /** The git repository itself, for an {@code origin} that is a folder. */
  public Path bare() {
    return forge.git.path();
  }

  public Faults faults() {
    return faults;
  }

  public RequestLog requests() {
    return requests;
  }

  public Ci ci() {
    return forge.ci;
  }

  public Person person(Account account) {
    return new Person(forge, account);
  }

  /** Somebody who may merge. */
  public Person member() {
    return person(Account.MEMBER);
  }

  /** What can be seen of it without asking over HTTP. */
  public Look look() {
    return new Look(forge);
  }

  /** What it is set to. */
  public Settings settings() {
    return new Settings(forge, accounts);
  }

  /**
   * Opens that many pull requests, from 1 on, all of the same commit, each with a remark on a line.
   */
  public void openMany(int many) {
    synchronized (forge) {
      String head = member().pushes("many", "many.txt", "x");
      forge.git.fan("many", many, head);
      for (int i = 1; i <= many; i++) {
        var pull = new Pull(i, "many-" + i, "main", head, Account.HYPERLOOP);
        pull.remarks.add(
            new Pull.Said(forge.id(), Account.MEMBER, "Why?", "", head, "many.txt", 1, false));
        forge.pulls.put(i, pull);
      }
    }
  }

  /** Lets GitHub's own machines go on by one step: checks, auto-merge, the merge queue. */
  public void tick() {
    synchronized (forge) {
      forge.follow();
      forge.tick();
    }
  }

  /**
   * Stops it.
   *
   * @throws AssertionError if anything was asked that GitHub would not understand
   */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    List<String> wrong = requests.faults();
    if (!wrong.isEmpty()) {
      throw new AssertionError("GitHub would not understand:\n" + String.join("\n", wrong));
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      new Door(forge, faults, requests, accounts, below).take(exchange);
    } catch (InterruptedException e) {
      // The server stops: whoever asked sees the connection close.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Else the server would swallow it, and the client see nothing but a cut connection.
      requests.fault("the double broke: " + e);
      throw e;
    }
  }
}
