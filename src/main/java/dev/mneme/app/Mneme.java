package dev.mneme.app;

import dev.mneme.api.HealthRoutes;
import dev.mneme.console.StartPage;
import dev.mneme.store.DataFolder;
import dev.mneme.store.Database;
import dev.mneme.web.HttpServer;
import dev.mneme.web.HttpSettings;
import dev.mneme.web.Routes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A running Mneme: every part, built by hand and in order. Closing ends what runs, in the reverse
 * order, and drops the data folder's lock last.
 */
public final class Mneme implements AutoCloseable {
  private final Closing closing;
  private final Optional<HttpServer> http;

  private Mneme(Closing closing, Optional<HttpServer> http) {
    this.closing = closing;
    this.http = http;
  }

  /**
   * Becomes the owner of the data folder and starts to answer.
   *
   * @throws dev.mneme.common.MnemeException saying what stands in the way; nothing is left running
   */
  public static Mneme start(Config config, Role role) {
    Closing closing = new Closing();
    try {
      DataFolder folder = closing.add(Ownership.take(config.data(), role));
      closing.add(OwnerSocket.open(folder));
      closing.add(Database.open(folder.database(), config.store().readers()));
      Optional<HttpServer> http =
          role == Role.SERVE ? Optional.of(closing.add(listen(config))) : Optional.empty();
      return new Mneme(closing, http);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** Where HTTP is reached, if it is served. */
  public Optional<String> url() {
    return http.map(HttpServer::url);
  }

  @Override
  public void close() {
    closing.close();
  }

  private static HttpServer listen(Config config) {
    ServerConfig server = config.server();
    Bind.requireLoopback(server.host());
    HttpSettings settings =
        new HttpSettings(
            server.host(),
            server.port(),
            Set.copyOf(server.allowedHosts()),
            Set.copyOf(server.allowedOrigins()),
            server.maxBody());
    List<Routes> routes =
        List.of(new HealthRoutes(Version.current()), new StartPage(Version.current()));
    return HttpServer.start(settings, routes);
  }
}
