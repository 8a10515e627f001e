package dev.mneme.web.oauth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the keys an issuer signs with, from where it says that they are. Thread-safe. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private final IssuerDescription description;
  private final String issuer;
  private final Optional<URI> named;
  private volatile boolean known;

  /**
   * @param named where the keys are, where the operator said that
   */
  IssuerKeys(IssuerDescription description, String issuer, Optional<URI> named) {
    this.description = description;
    this.issuer = issuer;
    this.named = named;
  }

  /** Whether keys came at least once. */
  boolean isKnown() {
    return known;
  }

  @Override
  public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
      throws KeySourceException {
    try {
      URI place = named.isPresent() ? named.get() : description.named("jwks_uri");
      JWKSet keys =
          JWKSet.parse(
              Json.write(
                  description.document(place).orElseThrow(() -> IssuerDescription.nothing(place))));
      known = true;
      return keys;
    } catch (MnemeException | ParseException | IllegalArgumentException e) {
      log.warn("the keys of {} could not be fetched: {}", issuer, e.getMessage());
      throw new JWKSetUnavailableException("the keys could not be fetched", e);
    }
  }

  @Override
  public void close() {
    // The client is somebody else's.
  }
}
