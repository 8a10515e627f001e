package dev.mneme.api.http;

import dev.mneme.web.Departures;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Registers routes. A path is given without its prefix and without a slash at its end; with and
 * without one it is answered directly. Of two paths that fit, the one registered first is taken.
 */
public final class Endpoints {
  private static final List<String> PREFIXES = List.of("/v1", "/latest");
  private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

  private final RoutesConfig routes;
  private final Departures departures = new Departures();

  Endpoints(RoutesConfig routes) {
    this.routes = routes;
  }

  public void get(String path, Endpoint endpoint) {
    add(HandlerType.GET, path, endpoint);
  }

  public void post(String path, Endpoint endpoint) {
    add(HandlerType.POST, path, endpoint);
  }

  /** As {@link #post}, for what may take long: it is interrupted when its client goes away. */
  public void postWhileThere(String path, Endpoint endpoint) {
    post(
        path,
        call ->
            departures
                .whileThere(call.context().req(), () -> endpoint.answer(call))
                .orElseGet(Reply::written));
  }

  public void put(String path, Endpoint endpoint) {
    add(HandlerType.PUT, path, endpoint);
  }

  public void patch(String path, Endpoint endpoint) {
    add(HandlerType.PATCH, path, endpoint);
  }

  public void delete(String path, Endpoint endpoint) {
    add(HandlerType.DELETE, path, endpoint);
  }

  private void add(HandlerType method, String path, Endpoint endpoint) {
    Handler handler = context -> serve(context, endpoint);
    PREFIXES.forEach(prefix -> routes.addHttpHandler(method, prefix + path, handler));
  }

  private static void serve(Context context, Endpoint endpoint) {
    Call call = new Call(context);
    try {
      write(context, endpoint.answer(call));
    } catch (RuntimeException e) {
      Failures.write(context, e);
    }
  }

  private static void write(Context context, Reply reply) {
    switch (reply) {
      case Reply.Body body -> json(context, Wire.bytes(body.value()));
      case Reply.Null() -> json(context, NULL);
      case Reply.Empty() -> context.status(204);
      case Reply.Written() -> {}
    }
  }

  static void json(Context context, byte[] body) {
    context.contentType("application/json").result(body);
  }
}
