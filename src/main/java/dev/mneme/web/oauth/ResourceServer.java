package dev.mneme.web.oauth;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mneme.common.Json;
import dev.mneme.web.Admission;
import dev.mneme.web.Callers;
import dev.mneme.web.Routes;
import dev.mneme.web.Scopes;
import dev.mneme.web.TokenGate;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom an issuer vouches for, and says who the issuers are. Thread-safe; asks an issuer
 * when its first token comes.
 */
public final class ResourceServer implements TokenGate, Routes, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResourceServer.class);
  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final int LONGEST_SUBJECT = 500;

  private final Issuers issuers;
  private final Address address;
  private final Enrollment enrollment;
  private final List<String> mcpScopes;

  /**
   * @param settings of each issuer; at most one of them is asked about its tokens
   * @param address scheme, host and port that clients know this server by
   * @param mcpScopes what the MCP face knows
   */
  public ResourceServer(
      List<IssuerSettings> settings,
      Optional<URI> address,
      Enrollment enrollment,
      List<String> mcpScopes,
      InstantSource clock) {
    this.issuers = new Issuers(settings, clock);
    this.address = new Address(address);
    this.enrollment = enrollment;
    this.mcpScopes = List.copyOf(mcpScopes);
  }

  @Override
  public boolean takes(String credential) {
    return issuers.takes(credential);
  }

  @Override
  public String metadata(HttpServletRequest request) {
    return address.metadata(request);
  }

  @Override
  public List<String> usualScopes(HttpServletRequest request) {
    return issuers.asked(
        Scopes.isUnder(Scopes.path(request), "/mcp") ? mcpScopes : List.of(Scopes.API));
  }

  @Override
  public Admission admit(String token, HttpServletRequest request) {
    Optional<Issuer> issuer = issuers.of(token);
    if (issuer.isEmpty()) {
      return refused("It is of no issuer whose tokens are taken here.");
    }
    try {
      return admitted(issuer.get().settings(), issuer.get().claims(token), request);
    } catch (ParseException e) {
      log.debug("a token was refused", e);
      return refused("It cannot be read.");
    } catch (BadJOSEException e) {
      log.debug("a token was refused", e);
      return refused(String.valueOf(e.getMessage()) + ".");
    } catch (IssuerSilent e) {
      log.debug("a token could not be checked", e);
      return new Admission.Refused(
          503,
          "issuer_unreachable",
          "The issuer of this token cannot be asked now; the log of the server says why. Try again"
              + " later.");
    }
  }

  private Admission admitted(
      IssuerSettings issuer, JWTClaimsSet claims, HttpServletRequest request) {
    Set<String> audiences =
        issuer.audiences().isEmpty() ? address.names(request) : issuer.audiences();
    if (Collections.disjoint(claims.getAudience(), audiences)) {
      return refused("It is for somebody else: its audience would have to be one of " + audiences);
    }
    String subject = claims.getSubject();
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      return refused("Its subject is empty or too long.");
    }
    if (claims.getClaim("cnf") != null) {
      return refused("It is bound to a key of its bearer, which this server cannot check.");
    }
    return new Admission.Admitted(
        enrollment.owner(issuer.issuer(), subject),
        issuer.scopes().ours(GrantedScopes.of(claims)),
        claims.getExpirationTime().toInstant().plus(SKEW),
        issuer.scopes());
  }

  private static Admission refused(String why) {
    return new Admission.Refused(401, "token_refused", "This token is not accepted. " + why);
  }

  @Override
  public void addTo(JavalinConfig config) {
    config.routes.get(Callers.METADATA, this::describe);
    config.routes.get(Callers.METADATA + "/<place>", this::describe);
  }

  private void describe(Context context) {
    Optional<String> resource = address.described(context.req());
    if (resource.isEmpty()) {
      context.status(404).json(Json.mapper().createObjectNode());
      return;
    }
    boolean mcp = URI.create(resource.get()).getRawPath().startsWith("/mcp");
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("resource", resource.get());
    description.put("authorization_servers", issuers.names());
    description.put(
        "scopes_supported", issuers.asked(mcp ? mcpScopes : List.of(Scopes.API, Scopes.APPROVE)));
    description.put("bearer_methods_supported", List.of("header"));
    description.put("resource_name", "Mneme");
    context.contentType("application/json").result(Json.write(description));
  }

  @Override
  public void close() {
    issuers.close();
  }
}
