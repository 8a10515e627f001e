package dev.mneme.web.oauth;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One issuer and what it says of its tokens. Thread-safe; it is asked, and what that takes is made,
 * when its first token comes. What it may reach is its own: no issuer opens a way for another.
 */
final class Issuer implements AutoCloseable {
  private final IssuerSettings settings;
  private final InstantSource clock;
  private @Nullable OutboundClient http;
  private volatile @Nullable TokenCheck check;

  Issuer(IssuerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  IssuerSettings settings() {
    return settings;
  }

  JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, IssuerSilent {
    TokenCheck made = check;
    return (made == null ? make() : made).claims(token);
  }

  private synchronized TokenCheck make() {
    TokenCheck made = check;
    if (made == null) {
      NetPolicy policy = NetPolicy.PUBLIC_ONLY.naming(URI.create(settings.issuer()));
      for (URI named :
          Stream.of(settings.keys(), settings.introspection().flatMap(Introspection::endpoint))
              .flatMap(Optional::stream)
              .toList()) {
        policy = policy.naming(named);
      }
      OutboundClient client = new OutboundClient(policy);
      IssuerDescription description = new IssuerDescription(client, settings.issuer());
      made =
          settings.introspection().isPresent()
              ? new IntrospectedTokens(
                  client, description, settings.issuer(), settings.introspection().get(), clock)
              : new SignedTokens(description, settings);
      http = client;
      check = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (http != null) {
      http.close();
    }
  }
}
