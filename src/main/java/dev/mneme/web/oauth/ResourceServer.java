package dev.mneme.web.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mneme.common.Json;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in whom an issuer vouches for, and says who that issuer is. Thread-safe; asks the issuer for
 * its keys when the first token comes.
 */
public final class ResourceServer implements TokenGate, Routes, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResourceServer.class);
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*");

  private static final Duration SKEW = Duration.ofSeconds(60);
  private static final int LONGEST_SUBJECT = 500;

  private final IssuerSettings settings;
  private final Address address;
  private final Enrollment enrollment;
  private final List<String> mcpScopes;
  private @Nullable OutboundClient http;
  private volatile @Nullable Tokens tokens;

  /**
   * @param mcpScopes what the MCP face knows
   */
  public ResourceServer(IssuerSettings settings, Enrollment enrollment, List<String> mcpScopes) {
    this.settings = settings;
    this.address = new Address(settings.address());
    this.enrollment = enrollment;
    this.mcpScopes = List.copyOf(mcpScopes);
  }

  @Override
  public boolean takes(String credential) {
    return JWT.matcher(credential).matches();
  }

  @Override
  public String metadata(HttpServletRequest request) {
    return address.metadata(request);
  }

  @Override
  public List<String> usualScopes(HttpServletRequest request) {
    return Scopes.isUnder(Scopes.path(request), "/mcp") ? mcpScopes : List.of(Scopes.API);
  }

  @Override
  public Admission admit(String token, HttpServletRequest request) {
    Tokens checker = checker();
    try {
      return admitted(checker.claims(token), request);
    } catch (ParseException e) {
      log.debug("a token was refused", e);
      return refused("It cannot be read.");
    } catch (BadJOSEException e) {
      log.debug("a token was refused", e);
      return refused(String.valueOf(e.getMessage()) + ".");
    } catch (JOSEException e) {
      log.debug("a token was refused", e);
      // Whoever makes up keys reaches the limit of asking for them; who cannot be checked for any
      // other reason is not called a stranger, for good clients would throw good tokens away.
      return checker.isReady() && e instanceof RateLimitReachedException
          ? refused("No key of its issuer is known by which it could be checked.")
          : new Admission.Refused(
              503,
              "issuer_unreachable",
              "The keys of the issuer of tokens cannot be had now; the log of the server says why."
                  + " Try again later.");
    }
  }

  private Admission admitted(JWTClaimsSet claims, HttpServletRequest request)
      throws ParseException {
    Set<String> audiences =
        settings.audiences().isEmpty() ? address.names(request) : settings.audiences();
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
        enrollment.owner(settings.issuer(), subject),
        GrantedScopes.of(claims),
        claims.getExpirationTime().toInstant().plus(SKEW));
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
    description.put("authorization_servers", List.of(settings.issuer()));
    description.put("scopes_supported", mcp ? mcpScopes : List.of(Scopes.API, Scopes.APPROVE));
    description.put("bearer_methods_supported", List.of("header"));
    description.put("resource_name", "Mneme");
    context.contentType("application/json").result(Json.write(description));
  }

  private Tokens checker() {
    Tokens made = tokens;
    return made == null ? make() : made;
  }

  private synchronized Tokens make() {
    Tokens made = tokens;
    if (made == null) {
      NetPolicy policy = NetPolicy.PUBLIC_ONLY.naming(URI.create(settings.issuer()));
      if (settings.keys().isPresent()) {
        policy = policy.naming(settings.keys().get());
      }
      http = new OutboundClient(policy);
      made = new Tokens(http, settings);
      tokens = made;
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
