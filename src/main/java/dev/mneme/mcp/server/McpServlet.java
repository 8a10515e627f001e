package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.AgentCatalogs;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.web.BodyTooLargeException;
import dev.mneme.web.Callers;
import dev.mneme.web.LeftoverBody;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front on streamable HTTP. What is not sound is answered here, in JSON-RPC; the era's adapter
 * gets the rest. Thread-safe.
 */
final class McpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(McpServlet.class);
  private static final String SESSION = "Mcp-Session-Id";
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final transient Front front;
  private final transient Era era;
  private final transient StatelessEra modern;
  private final transient Optional<AgentCatalogs> agents;
  private final transient ScopeGate scopes;
  private final transient Heart heart = new Heart();

  McpServlet(Front front, Era era, StatelessEra modern, Catalog catalog) {
    this.agents = catalog.agents();
    this.scopes = new ScopeGate(catalog);
    this.front = front;
    this.era = era;
    this.modern = modern;
  }

  @Override
  protected void service(HttpServletRequest raw, HttpServletResponse response) throws IOException {
    HttpServletRequest request = raw;
    try {
      request = AgentEndpoint.of(raw, agents);
      switch (request.getMethod()) {
        case "POST" -> post(request, response);
        case "GET" -> get(request, response);
        case "DELETE" -> delete(request, response);
        default -> {
          response.setHeader("Allow", "GET, POST, DELETE");
          throw new HttpRefusal(405, "This address takes GET, POST and DELETE.");
        }
      }
    } catch (HttpRefusal e) {
      LeftoverBody.discard(request);
      e.challenge().ifPresent(wanted -> response.setHeader("WWW-Authenticate", wanted));
      answer(response, e.status(), e.error(), e.id());
    } catch (RpcException e) {
      answer(response, 400, e.error(), e.id());
    } catch (BodyTooLargeException e) {
      answer(response, 413, tooLarge().error(), Optional.empty());
    } catch (ServletException | RuntimeException e) {
      log.error("an MCP request failed", e);
      answer(
          response,
          500,
          RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why."),
          Optional.empty());
    }
  }

  private void post(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (!accepts(request, JSON) || !accepts(request, EVENTS)) {
      throw new HttpRefusal(406, "Accept both application/json and text/event-stream.");
    }
    byte[] body = readBody(request);
    Message message = front.read(body);
    Optional<JsonNode> id =
        message instanceof Message.Request call ? Optional.of(call.id()) : Optional.empty();
    if (message instanceof Message.Request call) {
      scopes.check(call, request);
    }
    Optional<String> version = Optional.ofNullable(request.getHeader("MCP-Protocol-Version"));
    if (Front.isModern(message, version)) {
      modern(message, request, response);
      return;
    }
    if (message instanceof Message.Request call && call.method().equals(Front.INITIALIZE)) {
      initialize(call, body, request, response);
      return;
    }
    refuse(front.checkVersion(version), id);
    Session session = session(request, id);
    session.touch();
    switch (message) {
      case Message.Request call -> call(session.open(call), request, response);
      case Message.Notification note -> {
        if (Front.handled(session, note)) {
          response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else {
          era.serve(ReplayedRequest.of(request, note), response);
        }
      }
      case Message.Response _ -> {
        if (session.isAsking()) {
          era.serve(ReplayedRequest.of(request, body), response);
        } else {
          response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
      }
    }
  }

  private void modern(Message message, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (message instanceof Message.Request call) {
      modern.serve(call, request, response);
    } else {
      // This era has no notifications of clients over HTTP, and ignores what it does not know.
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }
  }

  private void call(Call call, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    LastFlush answer = new LastFlush(response, call);
    heart.add(answer);
    try {
      request.setAttribute(Era.CALL, call);
      era.serve(ReplayedRequest.of(request, call.request()), answer);
    } finally {
      heart.remove(answer);
      call.session().done(call);
    }
  }

  private void initialize(
      Message.Request call, byte[] body, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Front.checkInitialize(call);
    makeRoom(call, request, response);
    // The SDK opens the session on this thread and shows its factory nothing of the request.
    open(request, () -> era.serve(ReplayedRequest.of(request, body), response));
  }

  /** What the SDK's servlet throws. */
  @FunctionalInterface
  private interface Serving {
    void run() throws IOException, ServletException;
  }

  private static void open(HttpServletRequest request, Serving serving)
      throws IOException, ServletException {
    try {
      ScopedValue.where(Era.OWNER, Callers.owner(request))
          .where(Era.ALONE, AgentEndpoint.alone(request))
          .call(() -> {
            serving.run();
            return Boolean.TRUE;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private void makeRoom(
      Message.Request call, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Owner owner = Callers.owner(request);
    if (!front.sessions().isFull(owner)) {
      return;
    }
    Session victim =
        front
            .sessions()
            .victim(owner)
            .orElseThrow(() ->
                new HttpRefusal(
                    503,
                    RpcError.of(
                        RpcError.LIMIT,
                        "There are too many sessions, all of them busy. Try again later."),
                    Optional.of(call.id())));
    era.serve(new EndRequest(request, victim.id()), new SilentResponse(response));
    front.sessions().close(victim.id());
  }

  private void get(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (!accepts(request, EVENTS)) {
      throw new HttpRefusal(406, "Accept text/event-stream.");
    }
    refuse(
        front.checkVersion(Optional.ofNullable(request.getHeader("MCP-Protocol-Version"))),
        Optional.empty());
    session(request, Optional.empty()).touch();
    era.serve(new EarlyStream(ReplayedRequest.of(request, new byte[0]), response), response);
    Optional<Instant> until = Callers.until(request);
    if (until.isPresent() && request.isAsyncStarted()) {
      // A stream does not outlive what let its client in.
      long left = Duration.between(Instant.now(), until.get()).toMillis();
      request.getAsyncContext().setTimeout(Math.max(left, 1));
    }
  }

  private void delete(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Session session = session(request, Optional.empty());
    session.cancelAll();
    era.serve(request, response);
    front.sessions().close(session.id());
  }

  private Session session(HttpServletRequest request, Optional<JsonNode> id) {
    String name = request.getHeader(SESSION);
    if (name == null || name.isBlank()) {
      throw new HttpRefusal(
          400,
          RpcError.of(
              RpcError.INVALID_REQUEST,
              "There is no Mcp-Session-Id header: send initialize first, then the id it answers"
                  + " with."),
          id);
    }
    return front
        .sessions()
        .find(name)
        .filter(session -> session.owner().equals(Callers.owner(request)))
        .filter(session -> session.alone().equals(AgentEndpoint.alone(request)))
        .orElseThrow(() ->
            new HttpRefusal(
                404,
                RpcError.of(
                    RpcError.SESSION_NOT_FOUND,
                    "The session is not known, or has ended. Send initialize again."),
                id));
  }

  private byte[] readBody(HttpServletRequest request) throws IOException {
    int limit = front.limits().messageBytes();
    long declared = request.getContentLengthLong();
    if (declared > limit) {
      throw tooLarge();
    }
    try (InputStream in = request.getInputStream()) {
      byte[] bytes = declared >= 0 ? in.readNBytes((int) declared) : in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private HttpRefusal tooLarge() {
    return new HttpRefusal(
        413,
        RpcError.of(
            RpcError.INVALID_REQUEST,
            "A message has at most " + front.limits().messageBytes() + " bytes."),
        Optional.empty());
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    String accept = request.getHeader("Accept");
    if (accept == null) {
      return false;
    }
    String wanted = accept.toLowerCase(Locale.ROOT);
    return wanted.contains(type)
        || wanted.contains("*/*")
        || wanted.contains(type.substring(0, type.indexOf('/')) + "/*");
  }

  private static void refuse(Optional<RpcError> error, Optional<JsonNode> id) {
    error.ifPresent(found -> {
      throw new HttpRefusal(400, found, id);
    });
  }

  private static void answer(
      HttpServletResponse response, int status, RpcError error, Optional<JsonNode> id)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = error.answer(id);
    response.setStatus(status);
    response.setContentType(JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
