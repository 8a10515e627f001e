package dev.mneme.web;

import dev.mneme.common.MnemeException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP listener: Javalin on Jetty, requests on virtual threads, the guard before all of them.
 * Thread-safe; {@link #close} ends open streams and waits a moment for running requests.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration IDLE = Duration.ofMinutes(2);
  private static final int MAX_HEADER_BYTES = 16 << 10;

  private final Javalin javalin;
  private final String host;

  private HttpServer(Javalin javalin, String host) {
    this.javalin = javalin;
    this.host = host;
  }

  /**
   * @throws MnemeException {@code port_in_use} or {@code cannot_listen}
   */
  public static HttpServer start(HttpSettings settings, List<Routes> routes) {
    return start(settings, Callers.OPEN, routes);
  }

  /** As above, for callers with keys. */
  public static HttpServer start(HttpSettings settings, Callers callers, List<Routes> routes) {
    Guard guard = new Guard(new GuardRules(settings, routes), callers, settings.maxBodyBytes());
    ServerSocketChannel channel = listen(settings);
    try {
      Javalin javalin =
          Javalin.create(config -> configure(config, settings, channel, guard, routes));
      javalin.start();
      return new HttpServer(javalin, settings.host());
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  /** The port that is bound. */
  public int port() {
    return javalin.port();
  }

  /** Where this listener is reached from this machine, such as {@code http://127.0.0.1:8283}. */
  public String url() {
    String name = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return "http://" + (name.contains(":") ? '[' + name + ']' : name) + ':' + port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(
      JavalinConfig config,
      HttpSettings settings,
      ServerSocketChannel channel,
      Guard guard,
      List<Routes> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = settings.maxBodyBytes();
    config.http.defaultContentType = "application/json";
    config.jetty.threadPool = threads();
    config.jetty.addConnector((server, http) -> connector(server, http, channel));
    config.jetty.modifyServer(server -> {
      server.setErrorHandler(new JsonErrorHandler());
      server.setStopTimeout(0);
    });
    config.jetty.modifyServletContextHandler(context -> {
      context.setErrorHandler(new JsonErrorHandler());
      guard(context, guard);
    });
    errors(config);
    routes.forEach(each -> each.addTo(config));
  }

  private static QueuedThreadPool threads() {
    // Jetty's own queue starts the whole management platform to learn the size of a cache line.
    QueuedThreadPool pool =
        new QueuedThreadPool(16, 2, 10_000, 0, new LinkedBlockingQueue<>(), null);
    pool.setName("http");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    return pool;
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, ServerSocketChannel channel) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // No acceptor thread: the one selector accepts too.
    ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE.toMillis());
    try {
      connector.open(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return connector;
  }

  /** Before the library starts, which logs a failure at length before it tells of it. */
  private static ServerSocketChannel listen(HttpSettings settings) {
    String where = settings.host() + ':' + settings.port();
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (address.isUnresolved()) {
      throw cannotListen(where, "there is no such host");
    }
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, Boolean.TRUE);
        return channel.bind(address);
      } catch (IOException | RuntimeException e) {
        close(channel);
        throw e;
      }
    } catch (BindException e) {
      throw String.valueOf(e.getMessage()).contains("in use")
          ? MnemeException.unavailable(
              "port_in_use",
              "Cannot listen on "
                  + where
                  + ": another program has this port. Stop it (perhaps it is a Mneme that already"
                  + " runs), or choose another port with --port.")
          : cannotListen(where, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw cannotListen(where, String.valueOf(e.getMessage()));
    }
  }

  private static MnemeException cannotListen(String where, String why) {
    return MnemeException.unavailable(
        "cannot_listen", "Cannot listen on " + where + ": " + why + ". Check --host and --port.");
  }

  private static void close(ServerSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.warn("A port could not be given back: {}", e.getMessage());
    }
  }

  private static void guard(ServletContextHandler context, Guard guard) {
    FilterHolder holder = new FilterHolder(guard);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
  }

  private static void errors(JavalinConfig config) {
    config.routes.exception(
        MnemeException.class,
        (error, context) -> {
          if (error.getCause() != null) {
            log.error("{} {} failed", context.method(), context.path(), error);
          }
          context
              .status(JsonErrors.status(error.kind()))
              .contentType("application/json")
              .result(JsonErrors.body(error));
        });
    config.routes.exception(
        HttpResponseException.class,
        (error, context) ->
            context
                .status(error.getStatus())
                .contentType("application/json")
                .result(JsonErrors.body("http_" + error.getStatus(), phrase(error.getStatus()))));
    config.routes.exception(
        BodyTooLargeException.class,
        (error, context) ->
            context
                .status(413)
                .contentType("application/json")
                .result(JsonErrors.body("body_too_large", String.valueOf(error.getMessage()))));
    config.routes.exception(
        Exception.class,
        (error, context) -> {
          Optional<MnemeException> cut = CutOff.of(error);
          if (cut.isPresent()) {
            context.status(400).contentType("application/json").result(JsonErrors.body(cut.get()));
            return;
          }
          log.error("{} {} failed", context.method(), context.path(), error);
          context
              .status(500)
              .contentType("application/json")
              .result(JsonErrors.body("internal", "Mneme failed; its log says why."));
        });
  }

  private static String phrase(int status) {
    return switch (status) {
      case 404 -> "There is nothing at this address.";
      case 405 -> "This address does not take this method.";
      case 413 -> "The request body is too large.";
      default -> "The request could not be served.";
    };
  }
}
