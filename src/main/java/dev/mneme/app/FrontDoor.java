package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.store.Database;
import dev.mneme.web.Callers;
import dev.mneme.web.HttpServer;
import dev.mneme.web.HttpSettings;
import dev.mneme.web.Routes;
import dev.mneme.web.TokenGate;
import dev.mneme.web.oauth.ResourceServer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The HTTP listener with the faces behind it, and whoever it lets in. */
final class FrontDoor {
  private FrontDoor() {}

  static HttpServer open(Config config, Database database, List<Routes> faces, Closing closing) {
    List<Routes> routes = new ArrayList<>(faces);
    Optional<TokenGate> tokens = Optional.empty();
    // No lambda: making one would load all that it names, whether there is an issuer or not.
    if (config.auth().hasIssuer()) {
      ResourceServer checking = tokens(config, database);
      closing.add(checking);
      routes.add(checking);
      tokens = Optional.of(checking);
    }
    Callers callers = Keyring.of(config.auth(), tokens, database);
    ServerConfig server = config.server();
    HttpSettings settings =
        new HttpSettings(
            server.host(),
            server.port(),
            Set.copyOf(server.allowedHosts()),
            Set.copyOf(server.allowedOrigins()),
            server.maxBody());
    return HttpServer.start(settings, callers, routes);
  }

  private static ResourceServer tokens(Config config, Database database) {
    AuthConfig auth = config.auth();
    boolean others =
        !Bind.isLoopback(config.server().host()) || !config.server().allowedHosts().isEmpty();
    if (others && auth.address().isEmpty()) {
      throw MnemeException.invalid(
          "address_needed",
          "auth.issuer needs auth.address where others than this machine may ask: the address that"
              + " clients use, such as https://mneme.example.com. Tokens are taken that were issued"
              + " for it.");
    }
    return new ResourceServer(
        auth.settings(),
        auth.address(),
        new Principals(database),
        Scope.texts(),
        InstantSource.system());
  }
}
