package dev.mneme.web.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Set;

/** Checks who signed a token, for how long it is good, and that it is a token at all. */
final class SignedTokens implements TokenCheck {
  /** Keys that only the issuer has; a shared secret or none would let others sign. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final long KEPT = 5 * 60_000L;
  private static final long PATIENCE = 15_000;

  /** Fetched anew for a key that is not known at most so often, whatever is sent. */
  private static final long PAUSE = 10_000;

  /** With keys that were good once, when the issuer cannot be asked. */
  private static final long OUTAGE = 4 * 60 * 60_000L;

  private final IssuerKeys keys;
  private final DefaultJWTProcessor<SecurityContext> processor;

  SignedTokens(IssuerDescription description, IssuerSettings settings) {
    this.keys = new IssuerKeys(description, settings.issuer(), settings.keys());
    this.processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            JOSEObjectType.JWT,
            null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            ALGORITHMS,
            JWKSourceBuilder.<SecurityContext>create(keys)
                .cache(KEPT, PATIENCE)
                .refreshAheadCache(false)
                .rateLimited(PAUSE)
                .outageTolerant(OUTAGE)
                .build()));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(), Set.of("sub", "exp")));
  }

  @Override
  public JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, IssuerSilent {
    try {
      return processor.process(SignedJWT.parse(token), null);
    } catch (JOSEException e) {
      // Whoever makes up keys reaches the limit of asking for them; who cannot be checked for any
      // other reason is not called a stranger, for good clients would throw good tokens away.
      if (keys.isKnown() && e instanceof RateLimitReachedException) {
        throw new BadJWTException("No key of its issuer is known by which it could be checked");
      }
      throw new IssuerSilent("the keys of the issuer cannot be had now", e);
    }
  }
}
