package dev.mneme.web.oauth;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.net.Credential;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the issuer what its tokens are (RFC 7662). Thread-safe; whoever comes with the same token
 * while it is asked about waits for the same answer.
 */
final class IntrospectedTokens implements TokenCheck {
  private static final Logger log = LoggerFactory.getLogger(IntrospectedTokens.class);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int AT_ONCE = 16;
  private static final long PATIENCE_SECONDS = 2;
  private static final int LONGEST = 100_000;

  private static final DefaultJWTClaimsVerifier<SecurityContext> CLAIMS =
      new DefaultJWTClaimsVerifier<>(null, Set.of("sub", "exp"));

  private record Answer(boolean active, String json) {}

  private final OutboundClient http;
  private final IssuerDescription description;
  private final String issuer;
  private final Introspection how;
  private final Verdicts verdicts;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Map<String, CompletableFuture<Verdict>> asking = new ConcurrentHashMap<>();
  private volatile @Nullable URI endpoint;

  IntrospectedTokens(
      OutboundClient http,
      IssuerDescription description,
      String issuer,
      Introspection how,
      InstantSource clock) {
    this.http = http;
    this.description = description;
    this.issuer = issuer;
    this.how = how;
    this.verdicts = new Verdicts(clock);
  }

  @Override
  public JWTClaimsSet claims(String token) throws BadJOSEException, IssuerSilent {
    String hash = Sha256.hex(token);
    Optional<Verdict> known = verdicts.find(hash);
    return switch (known.isPresent() ? known.get() : ask(hash, token)) {
      case Verdict.Good good -> good.claims();
      case Verdict.Bad bad -> throw new BadJWTException(bad.why());
      case Verdict.Silent silent -> throw silent.why();
    };
  }

  private Verdict ask(String hash, String token) {
    CompletableFuture<Verdict> mine = new CompletableFuture<>();
    CompletableFuture<Verdict> others = asking.putIfAbsent(hash, mine);
    if (others != null) {
      return others.join();
    }
    Verdict verdict = new Verdict.Silent(new IssuerSilent("asking ended early"));
    try {
      verdict = inTurn(token);
      verdicts.keep(hash, verdict);
      return verdict;
    } finally {
      asking.remove(hash);
      mine.complete(verdict);
    }
  }

  /** Whoever makes up tokens must not have all of the issuer's time. */
  private Verdict inTurn(String token) {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return new Verdict.Silent(new IssuerSilent("too many tokens wait to be asked about"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Silent(new IssuerSilent("asking was interrupted", e));
    }
    try {
      return judged(answer(token));
    } catch (MnemeException | ParseException | IllegalArgumentException e) {
      log.warn("{} could not be asked about a token: {}", issuer, e.getMessage());
      return new Verdict.Silent(new IssuerSilent("the issuer could not be asked", e));
    } finally {
      free.release();
    }
  }

  private Answer answer(String token) throws ParseException {
    URI place = endpoint();
    HTTPRequest wanted =
        new TokenIntrospectionRequest(
                place,
                new ClientSecretBasic(
                    new ClientID(how.client()), new Secret(how.secret().reveal())),
                new TypelessAccessToken(token))
            .toHTTPRequest();
    byte[] body = Optional.ofNullable(wanted.getBody()).orElse("").getBytes(StandardCharsets.UTF_8);
    OutboundRequest request =
        OutboundRequest.post(place, OutboundBody.of(FORM, body))
            .within(IssuerDescription.TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"))
            .with(new Credential("Authorization", wanted.getAuthorization(), place));
    try (OutboundResponse answer = http.sendOnce(request)) {
      HTTPResponse response = new HTTPResponse(answer.status());
      response.setContentType(answer.header("content-type").orElse("none/none"));
      String json = answer.text();
      response.setBody(json);
      TokenIntrospectionResponse read = TokenIntrospectionResponse.parse(response);
      if (!read.indicatesSuccess()) {
        throw new ParseException(
            "HTTP " + answer.status() + "; are client-id and client-secret right?");
      }
      return new Answer(read.toSuccessResponse().isActive(), json);
    }
  }

  private URI endpoint() {
    URI known = endpoint;
    if (known == null) {
      known = how.endpoint().orElseGet(() -> description.named("introspection_endpoint"));
      endpoint = known;
    }
    return known;
  }

  private Verdict judged(Answer answer) {
    if (!answer.active()) {
      return new Verdict.Bad("Its issuer says that it is not good, or not any more");
    }
    try {
      JWTClaimsSet claims = JWTClaimsSet.parse(answer.json());
      if (claims.getIssuer() != null && !claims.getIssuer().equals(issuer)) {
        return new Verdict.Bad("It is somebody else's who did not issue it");
      }
      if (!isAccessToken(claims)) {
        return new Verdict.Bad("It is of another kind than those that bearers show");
      }
      CLAIMS.verify(claims, null);
      return new Verdict.Good(claims);
    } catch (BadJWTException | java.text.ParseException e) {
      return new Verdict.Bad(String.valueOf(e.getMessage()));
    }
  }

  /** Some issuers answer for refresh tokens too, which are for nobody but themselves. */
  private static boolean isAccessToken(JWTClaimsSet claims) {
    Object type = claims.getClaim("token_type");
    Object use = claims.getClaim("token_use");
    return (type == null
            || "bearer".equalsIgnoreCase(type.toString())
            || "access_token".equals(type))
        && (use == null || "access".equals(use) || "access_token".equals(use));
  }
}
