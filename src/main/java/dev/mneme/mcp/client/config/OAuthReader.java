package dev.mneme.mcp.client.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.mcp.client.config.EntryReader.Wrong;
import dev.mneme.mcp.client.config.Variables.Unset;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is known beforehand of logging in to a server. */
final class OAuthReader {
  private final JsonNode given;
  private final Variables variables;

  private OAuthReader(JsonNode given, Variables variables) {
    this.given = given;
    this.variables = variables;
  }

  static OAuthSettings read(JsonNode given, Variables variables) throws Wrong, Unset {
    return given.isMissingNode()
        ? OAuthSettings.NONE
        : new OAuthReader(given, variables).settings();
  }

  private OAuthSettings settings() throws Wrong, Unset {
    Optional<URI> document = Optional.empty();
    if (given.has("clientMetadata")) {
      URI uri =
          EntryReader.uri(
              "oauth.clientMetadata", variables.expand(given.path("clientMetadata").asText()));
      if (!"https".equals(uri.getScheme())) {
        throw new Wrong("oauth.clientMetadata must begin with https://");
      }
      document = Optional.of(uri);
    }
    List<String> scopes = new ArrayList<>();
    given.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    OAuthSettings settings =
        new OAuthSettings(
            text(given, "issuer"),
            text(given, "clientId"),
            text(given, "clientSecret").map(SecretText::new),
            document,
            source("privateKey"),
            unattended(),
            scopes);
    check(settings);
    return settings;
  }

  private static void check(OAuthSettings settings) throws Wrong {
    boolean proof = settings.clientSecret().isPresent() || settings.privateKey().isPresent();
    if (settings.privateKey().isPresent() || settings.unattended().isPresent()) {
      require(settings.clientId().isPresent(), "clientId");
      // What nobody looks at goes to nobody but whom the operator named, whatever the server says.
      require(settings.issuer().isPresent(), "issuer");
    }
    if (settings.unattended().orElse(null) instanceof Unattended.ClientCredentials) {
      require(proof, "clientSecret (or privateKey, privateKeyFile)");
    }
  }

  private Optional<Unattended> unattended() throws Wrong, Unset {
    if (!given.has("grant")) {
      return Optional.empty();
    }
    String grant = given.path("grant").asText();
    return Optional.of(
        switch (grant) {
          case "client_credentials" -> new Unattended.ClientCredentials();
          case "workload" -> new Unattended.Workload(required(source("assertion"), "assertion"));
          case "enterprise" -> enterprise(given.path("idp"));
          default ->
              throw new Wrong(
                  "oauth.grant must be client_credentials, workload or enterprise, not '"
                      + grant
                      + "'");
        });
  }

  private Unattended enterprise(JsonNode idp) throws Wrong, Unset {
    String endpoint = required(text(idp, "tokenEndpoint"), "idp.tokenEndpoint");
    return new Unattended.Enterprise(
        required(source("idToken"), "idToken"),
        EntryReader.uri("oauth.idp.tokenEndpoint", endpoint),
        required(text(idp, "clientId"), "idp.clientId"),
        text(idp, "clientSecret").map(SecretText::new));
  }

  /** What stands there, or in the file that is named. */
  private Optional<TextSource> source(String key) throws Wrong, Unset {
    Optional<String> file = text(given, key + "File");
    if (file.isEmpty()) {
      return text(given, key).map(SecretText::new).map(TextSource.Given::new);
    }
    try {
      Path path = Path.of(file.get());
      if (path.isAbsolute()) {
        return Optional.of(new TextSource.InFile(path));
      }
    } catch (InvalidPathException _) {
      // Refused below.
    }
    throw new Wrong("oauth." + key + "File must be the whole path of a file");
  }

  private Optional<String> text(JsonNode from, String key) throws Unset {
    return from.path(key).isTextual()
        ? Optional.of(variables.expandSecrets(from.path(key).asText()))
        : Optional.empty();
  }

  private static <T> T required(Optional<T> there, String key) throws Wrong {
    require(there.isPresent(), key);
    return there.orElseThrow();
  }

  private static void require(boolean there, String key) throws Wrong {
    if (!there) {
      throw new Wrong("oauth." + key + " is missing");
    }
  }
}
