package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.Era;
import dev.mneme.mcp.server.Front;
import dev.mneme.mcp.server.Heart;
import dev.mneme.mcp.server.Message;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.StatelessEra;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.catalog.ServerCard;
import dev.mneme.mcp.server.methods.Failures;
import dev.mneme.mcp.server.methods.Methods;
import dev.mneme.mcp.server.methods.ResourceMethods;
import dev.mneme.web.Callers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the era without sessions. Thread-safe. */
public final class ModernEra implements StatelessEra, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModernEra.class);

  /** Lists change seldom, and subscribers are told. */
  private static final Duration LISTS = Duration.ofMinutes(1);

  private static final Duration MEMORY = Duration.ZERO;

  private final ServerCard card;
  private final Results results;
  private final Methods methods;
  private final Conversations conversations;
  private final Rounds rounds;
  private final Tasks tasks;
  private final Subscriptions subscriptions;
  private final InstantSource time;
  private final Heart heart = new Heart();

  /**
   * @param kept what can be asked for as a task after an end of the server
   * @param clock nanoseconds of a monotonic clock
   * @param time what tasks say of their age
   */
  public ModernEra(
      ServerCard card,
      Front front,
      Catalog catalog,
      KeptWork kept,
      RandomGenerator random,
      LongSupplier clock,
      InstantSource time) {
    this.card = card;
    this.time = time;
    this.results = new Results(card);
    this.methods = new Methods(catalog, list -> results.cacheable(list, LISTS));
    this.conversations = new Conversations(front.limits().idle(), random, clock);
    byte[] key = new byte[32];
    random.nextBytes(key);
    this.tasks = new Tasks(conversations::fresh, time, kept);
    this.rounds = new Rounds(new RequestStates(key), conversations::fresh, results, tasks);
    this.subscriptions = new Subscriptions(catalog, tasks);
  }

  @Override
  public void serve(Message.Request request, HttpServletRequest http, HttpServletResponse response)
      throws IOException {
    HttpOutlet outlet = new HttpOutlet(response);
    heart.add(outlet);
    Callers.until(http).ifPresent(end -> cutOff(request, end, outlet));
    try {
      Incoming incoming = incoming(request, http, outlet);
      outlet.end(Results.answer(request.id(), answer(incoming)), HttpServletResponse.SC_OK);
    } catch (Refused e) {
      outlet.end(e.error().message(Optional.of(request.id())), HttpServletResponse.SC_BAD_REQUEST);
    } catch (RpcException e) {
      outlet.end(e.error().message(Optional.of(request.id())), status(e.error()));
    } finally {
      heart.remove(outlet);
    }
  }

  /** A subscription does not outlive what let its client in. */
  private void cutOff(Message.Request request, Instant end, HttpOutlet outlet) {
    if (request.method().equals("subscriptions/listen")) {
      outlet.endBy(Duration.between(time.instant(), end));
    }
  }

  @Override
  public Stream stream(Era.Line line) {
    return new LineStream(this, line, conversations.fresh());
  }

  @Override
  public void close() {
    subscriptions.close();
    rounds.close();
    tasks.close();
  }

  /**
   * @throws RpcException with the error to answer
   */
  JsonNode answer(Incoming incoming) {
    try {
      return dispatch(incoming);
    } catch (MnemeException e) {
      throw new RpcException(Failures.of(e));
    } catch (RpcException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("{} failed", incoming.message().method(), e);
      throw new RpcException(Failures.defect());
    }
  }

  /** A line ended, and with it the conversation. */
  void leave(String conversation) {
    rounds.leave(conversation);
  }

  void requireVersion(Envelope envelope) {
    if (!card.modernVersions().contains(envelope.version())) {
      throw new RpcException(
          RpcError.unsupportedModernVersion(envelope.version(), card.modernVersions()));
    }
  }

  private Incoming incoming(Message.Request request, HttpServletRequest http, HttpOutlet outlet) {
    try {
      Envelope envelope = Envelope.of(request);
      Headers.check(request, envelope, http);
      requireVersion(envelope);
      if (request.method().equals("tools/call")) {
        Headers.checkParams(
            methods
                .of(Callers.owner(http), alone(http))
                .tools()
                .tool(request.params())
                .inputSchema(),
            request.params().path("arguments"),
            http);
      }
      return new Incoming(
          request,
          envelope,
          Callers.owner(http),
          alone(http),
          alone(http),
          conversations.of(Callers.owner(http), envelope.client()),
          outlet);
    } catch (RpcException e) {
      throw new Refused(e.error());
    }
  }

  private JsonNode dispatch(Incoming incoming) {
    ObjectNode params = incoming.message().params();
    Methods.Set set = methods.of(incoming.owner(), incoming.alone());
    return switch (incoming.message().method()) {
      case "server/discover" -> card.discovered();
      case "tools/list" -> new POJONode(set.tools().list(params));
      case "tools/call" ->
          rounds.serve(incoming, context -> results.complete(set.tools().call(params, context)));
      case "resources/list" ->
          results.cacheable(set.resources().list(incoming.owner(), params), MEMORY);
      case "resources/templates/list" ->
          results.cacheable(set.resources().templates(params), LISTS);
      case "resources/read" -> results.cacheable(read(set.resources(), incoming), MEMORY);
      case "prompts/list" -> results.cacheable(set.prompts().list(params), LISTS);
      case "prompts/get" ->
          rounds.serve(incoming, context -> results.complete(set.prompts().get(params, context)));
      case "completion/complete" ->
          results.complete(set.prompts().complete(incoming.owner(), params));
      case "subscriptions/listen" -> results.complete(subscriptions.listen(incoming));
      case "tasks/get" -> results.complete(tasks.get(incoming));
      case "tasks/update" -> results.complete(tasks.update(incoming));
      case "tasks/cancel" -> results.complete(tasks.cancel(incoming));
      default ->
          throw new RpcException(
              RpcError.of(
                  RpcError.METHOD_NOT_FOUND,
                  "This revision has no such method, or this server does not serve it."));
    };
  }

  /** This era knows one code for all that the params name and is not there. */
  private static ObjectNode read(ResourceMethods resources, Incoming incoming) {
    try {
      return resources.read(incoming.owner(), incoming.message().params());
    } catch (RpcException e) {
      if (e.error().code() != RpcError.RESOURCE_NOT_FOUND) {
        throw e;
      }
      throw new RpcException(
          new RpcError(RpcError.INVALID_PARAMS, e.error().message(), e.error().data()));
    }
  }

  private static Optional<String> alone(HttpServletRequest http) {
    return http.getAttribute(Era.AGENT) instanceof String id ? Optional.of(id) : Optional.empty();
  }

  private static int status(RpcError error) {
    return switch (error.code()) {
      case RpcError.METHOD_NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
      case RpcError.MISSING_CAPABILITY -> HttpServletResponse.SC_BAD_REQUEST;
      default -> HttpServletResponse.SC_OK;
    };
  }
}
