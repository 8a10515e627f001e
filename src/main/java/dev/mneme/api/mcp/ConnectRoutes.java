package dev.mneme.api.mcp;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.EventStream;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.client.Hub;
import dev.mneme.mcp.client.ServerView;
import dev.mneme.mcp.client.Visits;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connecting to a server as a stream that says how far it is, and lets a person log in where the
 * server wants that. Their browser comes back to the loopback, so that nobody elsewhere can be
 * talked into agreeing for the one who asked.
 */
public final class ConnectRoutes implements Group {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final String CALLBACK = "/tools/mcp/oauth/callback";
  private static final Pattern STATE =
      Pattern.compile("(?:^|&)state=([A-Za-z0-9_-]{16,200})(?:&|$)");
  private static final int BEATS = 30;
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Supplier<Hub> hub;
  private final PendingLogins logins = new PendingLogins();

  /**
   * @param hub made when it is first asked for
   */
  public ConnectRoutes(Supplier<Hub> hub) {
    this.hub = hub;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/mcp-servers/connect/{mcp_server_id}", this::connect);
    endpoints.post("/tools/mcp/servers/connect", this::visit);
    endpoints.get(CALLBACK, this::answered);
  }

  /**
   * A server that is connected to.
   *
   * @param tools asks it
   */
  private record Goal(
      String name,
      Optional<Endpoint> endpoint,
      Supplier<List<Map<String, @Nullable Object>>> tools,
      Consumer<Person> login) {
    /** Whether a login could help: a server at an address that no header opens already. */
    boolean mayWantLogin() {
      return endpoint.orElse(null) instanceof Endpoint.Remote remote
          && remote.headers().keySet().stream().noneMatch("authorization"::equalsIgnoreCase);
    }
  }

  /** One that is kept. */
  private Reply connect(Call call) {
    Owner owner = call.owner();
    ServerView server = hub.get().server(owner, call.id("mcp_server_id", "mcp_server"));
    return connect(
        call,
        new Goal(
            server.name(),
            server.endpoint(),
            () -> WireMcp.tools(hub.get().refresh(owner, server.id())),
            person -> hub.get().login(owner, server.id(), person)));
  }

  /** One that is described in the request, as clients before 1.0 do before they add it. */
  private Reply visit(Call call) {
    Owner owner = call.owner();
    Body body = call.body();
    String name = McpBodies.name(body.requireText("server_name"));
    Endpoint endpoint = McpBodies.endpoint(body);
    Visits visits = hub.get().visits();
    return connect(
        call,
        new Goal(
            name,
            Optional.of(endpoint),
            () -> visits.tools(owner, name, endpoint).stream().map(WireMcp::tool).toList(),
            person -> visits.login(owner, name, endpoint, person)));
  }

  private Reply connect(Call call, Goal goal) {
    try {
      EventStream stream = EventStream.answer(call);
      tell(stream, "connection_attempt", Map.of("server_name", goal.name()));
      try {
        tell(stream, "success", Map.of("tools", connected(call, goal, stream)));
      } catch (MnemeException e) {
        tell(stream, "error", Map.of("message", e.message()));
      }
      stream.done();
    } catch (IOException _) {
      // The client went.
    }
    return Reply.written();
  }

  private List<Map<String, @Nullable Object>> connected(Call call, Goal goal, EventStream stream) {
    try {
      return goal.tools().get();
    } catch (MnemeException e) {
      if (!goal.mayWantLogin()) {
        throw e;
      }
    }
    goal.login().accept(new Watcher(call.owner(), redirect(call.context()), stream));
    return goal.tools().get();
  }

  private static URI redirect(Context context) {
    try {
      // An address as text, so no name is looked up. Behind a proxy on this machine everybody comes
      // from it; the name they call is another then.
      InetAddress local = InetAddress.ofLiteral(context.req().getLocalAddr());
      if (local.isLoopbackAddress() && LOOPBACK.contains(context.req().getServerName())) {
        return URI.create("http://127.0.0.1:" + context.req().getLocalPort() + "/v1" + CALLBACK);
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw MnemeException.denied(
        "login_needs_this_machine",
        "The server wants somebody to log in, which works over the API on the same machine only."
            + " Use 'mneme mcp-servers login' there.");
  }

  /** A browser was sent back; what it brings is checked by who waits for it. */
  private Reply answered(Call call) {
    String query = Optional.ofNullable(call.context().req().getQueryString()).orElse("");
    CompletableFuture<URI> waiting = state(query).flatMap(logins::take).orElse(null);
    if (waiting == null) {
      throw MnemeException.notFound(
          "unknown_login", "Nobody waits for this answer (any more); begin to log in anew.");
    }
    waiting.complete(URI.create(CALLBACK + "?" + query));
    call.context()
        .contentType("text/plain; charset=utf-8")
        .result("Mneme has your answer. You may close this page.");
    return Reply.written();
  }

  private static Optional<String> state(String query) {
    Matcher state = STATE.matcher(query);
    return state.find() ? Optional.of(state.group(1)) : Optional.empty();
  }

  private static void tell(EventStream stream, String event, Map<String, ?> more)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("event", event);
    data.putAll(more);
    stream.data(data);
    stream.flush();
  }

  /** Whoever reads the stream. */
  private final class Watcher implements Person {
    private final Owner owner;
    private final URI redirect;
    private final EventStream stream;

    Watcher(Owner owner, URI redirect, EventStream stream) {
      this.owner = owner;
      this.redirect = redirect;
      this.stream = stream;
    }

    @Override
    public URI redirect() {
      return redirect;
    }

    @Override
    public URI ask(URI authorization) throws CallFailed {
      String state = state(String.valueOf(authorization.getRawQuery())).orElse("");
      CompletableFuture<URI> answer = logins.begin(owner, state);
      try {
        tell(stream, "oauth_required", Map.of());
        tell(stream, "authorization_url", Map.of("url", authorization, "session_id", state));
        return awaited(answer);
      } catch (IOException _) {
        throw new CallFailed(Reason.CANCELLED, "whoever asked is gone");
      } finally {
        logins.end(state);
      }
    }

    private URI awaited(CompletableFuture<URI> answer) throws CallFailed, IOException {
      for (int beat = 0; beat < BEATS; beat++) {
        if (stream.isOver()) {
          throw new CallFailed(Reason.UNAUTHORIZED, "your token for this server is over");
        }
        tell(stream, "waiting_for_auth", Map.of());
        try {
          return answer.get(stream.patience(BEAT).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          // Said again, which keeps the stream open and shows whether anybody reads it.
        } catch (ExecutionException | InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CallFailed(Reason.CANCELLED, "it was given up");
        }
      }
      throw new CallFailed(Reason.UNAUTHORIZED, "nobody came back within 5 minutes");
    }
  }
}
