package dev.mneme.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the person at this machine with their browser, which comes back to a loopback port. */
final class BrowserPerson implements Person, AutoCloseable {
  private static final int MINUTES = 5;
  private static final String PATH = "/callback";
  private static final byte[] PAGE =
      "<!doctype html><title>Mneme</title><p>Mneme has your answer. You may close this page."
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final CompletableFuture<URI> answer = new CompletableFuture<>();

  private BrowserPerson(HttpServer server) {
    this.server = server;
  }

  static BrowserPerson open(int port) {
    try {
      InetSocketAddress place = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
      HttpServer server = HttpServer.create(place, 8);
      BrowserPerson person = new BrowserPerson(server);
      server.createContext("/", person::take);
      server.start();
      return person;
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "port_taken", "Port " + port + " is taken; choose another with --port.");
    }
  }

  @Override
  public URI redirect() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  @Override
  public URI ask(URI authorization) throws CallFailed {
    System.out.println("Open this address in your browser, and agree there:");
    System.out.println();
    System.out.println(authorization);
    System.out.println();
    try {
      return answer.get(MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException | ExecutionException _) {
      throw new CallFailed(Reason.UNAUTHORIZED, "nobody came back within " + MINUTES + " minutes");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "it was given up");
    }
  }

  /** Whatever else a browser wants of the port, such as an icon, is no answer. */
  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      boolean back = asked.getPath().equals(PATH) && asked.getRawQuery() != null;
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(back ? 200 : 404, back ? PAGE.length : -1);
      if (back) {
        exchange.getResponseBody().write(PAGE);
        answer.complete(asked);
      }
    }
  }

  @Override
  public void close() {
    server.stop(1);
  }
}
