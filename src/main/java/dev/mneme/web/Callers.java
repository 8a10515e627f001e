package dev.mneme.web;

import dev.mneme.common.Owner;
import dev.mneme.common.Sha256;
import dev.mneme.secret.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells by its key or its token whose rows a request is about, and what it may do. Thread-safe.
 *
 * <p>Keys are kept as hashes and looked up by hash, so that neither a dump of the memory nor the
 * time of an answer helps to guess one.
 */
public final class Callers {
  /** Nobody needs a key; everybody is the default owner. */
  public static final Callers OPEN = new Callers(Map.of(), true);

  /** Where it is described who lets callers in; open, or nobody could find out. */
  public static final String METADATA = "/.well-known/oauth-protected-resource";

  private static final String OWNER = "dev.mneme.web.owner";
  private static final String TOKEN = "dev.mneme.web.token";
  private static final String BEARER = "bearer ";
  private static final String PASSWORD = "password ";
  private static final Set<String> OPEN_PATHS =
      Set.of(
          "/",
          "/v1/health",
          "/v1/health/",
          "/latest/health",
          "/latest/health/",
          // Browsers come back here without a key, with a secret of their own.
          "/v1/tools/mcp/oauth/callback");

  /** What may stand in a header between quotes. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9:._/-]{1,100}");

  private final Map<String, Owner> owners;
  private final Optional<TokenGate> tokens;
  private final boolean keyless;

  /** What a token allows, for whoever serves the request. */
  private record Pass(Set<String> scopes, Instant until, ScopeNames names, String metadata) {}

  /**
   * @param keyless whether a request without any key is the default owner's
   */
  public Callers(Map<SecretText, Owner> keys, boolean keyless) {
    this(keys, Optional.empty(), keyless);
  }

  /**
   * @param tokens checks what has the form of a token
   */
  public Callers(Map<SecretText, Owner> keys, Optional<TokenGate> tokens, boolean keyless) {
    Map<String, Owner> hashed = new HashMap<>();
    keys.forEach((key, owner) -> hashed.put(Sha256.hex(key.reveal()), owner));
    this.owners = Map.copyOf(hashed);
    this.tokens = tokens;
    this.keyless = keyless;
  }

  /** Whose rows the request is about; the guard has found that out before any route runs. */
  public static Owner owner(HttpServletRequest request) {
    return request.getAttribute(OWNER) instanceof Owner owner ? owner : Owner.DEFAULT;
  }

  /** Whether a request may do what has this scope; without a token everything. */
  public static boolean may(HttpServletRequest request, String scope) {
    return pass(request).map(pass -> pass.scopes().contains(scope)).orElse(true);
  }

  /** Whether it came with a token, which may not allow everything. */
  public static boolean isLimited(HttpServletRequest request) {
    return pass(request).isPresent();
  }

  /** Whether a token says that its bearer may do what has this scope. */
  public static boolean isGranted(HttpServletRequest request, String scope) {
    return pass(request).map(pass -> pass.scopes().contains(scope)).orElse(false);
  }

  /** When the token of a request is over, where it has one. */
  public static Optional<Instant> until(HttpServletRequest request) {
    return pass(request).map(Pass::until);
  }

  /** Says in {@code WWW-Authenticate} which scopes a token needs: those it has, and these. */
  public static Optional<String> stepUp(HttpServletRequest request, List<String> needed) {
    return pass(request)
        .map(pass -> {
          Set<String> all = new TreeSet<>(pass.names().asked(needed));
          pass.names().asked(pass.scopes()).stream()
              .filter(WORD.asMatchPredicate())
              .forEach(all::add);
          return Challenge.of(pass.metadata(), Optional.of("insufficient_scope"), all);
        });
  }

  private static Optional<Pass> pass(HttpServletRequest request) {
    return request.getAttribute(TOKEN) instanceof Pass pass ? Optional.of(pass) : Optional.empty();
  }

  /** Notes the owner for the routes, or refuses. */
  Optional<Refusal> check(HttpServletRequest request) {
    // The official clients send whatever key their environment holds, to any server.
    if ((owners.isEmpty() && tokens.isEmpty()) || isOpen(request)) {
      return Optional.empty();
    }
    Optional<String> key = key(request);
    if (key.isEmpty()) {
      return keyless ? Optional.empty() : Optional.of(stranger(request));
    }
    Optional<Owner> owner = key.map(Sha256::hex).map(owners::get);
    if (owner.isPresent()) {
      request.setAttribute(OWNER, owner.get());
      return Optional.empty();
    }
    if (tokens.isPresent() && tokens.get().takes(key.get())) {
      return admit(tokens.get(), key.get(), request);
    }
    return Optional.of(
        new Refusal(
            401,
            "key_unknown",
            "This key is not known here. Check auth.keys of the server.",
            Optional.of(challenge(request, Optional.of("invalid_token")))));
  }

  private static boolean isOpen(HttpServletRequest request) {
    return OPEN_PATHS.contains(request.getRequestURI())
        || Scopes.isUnder(Scopes.path(request), METADATA);
  }

  private Refusal stranger(HttpServletRequest request) {
    return new Refusal(
        401,
        "key_required",
        tokens.isPresent()
            ? "Send a token or a key: Authorization: Bearer TOKEN."
            : "Send a key: Authorization: Bearer KEY.",
        Optional.of(challenge(request, Optional.empty())));
  }

  private Optional<Refusal> admit(TokenGate gate, String token, HttpServletRequest request) {
    return switch (gate.admit(token, request)) {
      case Admission.Refused refused ->
          Optional.of(
              new Refusal(
                  refused.status(),
                  refused.code(),
                  refused.detail(),
                  refused.status() == 401
                      ? Optional.of(challenge(request, Optional.of("invalid_token")))
                      : Optional.empty()));
      case Admission.Admitted admitted -> {
        request.setAttribute(OWNER, admitted.owner());
        request.setAttribute(
            TOKEN,
            new Pass(
                admitted.scopes(), admitted.until(), admitted.names(), gate.metadata(request)));
        yield lacking(request);
      }
    };
  }

  private static Optional<Refusal> lacking(HttpServletRequest request) {
    List<String> wanted = Scopes.anyOf(request);
    if (wanted.isEmpty() || wanted.stream().anyMatch(scope -> may(request, scope))) {
      return Optional.empty();
    }
    String first = wanted.getFirst();
    return Optional.of(
        new Refusal(
            403,
            "insufficient_scope",
            "This address needs a token with the scope '" + first + "'.",
            stepUp(request, List.of(first))));
  }

  private String challenge(HttpServletRequest request, Optional<String> error) {
    return tokens
        .map(gate -> Challenge.of(gate.metadata(request), error, gate.usualScopes(request)))
        .orElse(Challenge.PLAIN);
  }

  private static Optional<String> key(HttpServletRequest request) {
    return value(request.getHeader("Authorization"), BEARER)
        .or(() -> value(request.getHeader("X-BARE-PASSWORD"), PASSWORD));
  }

  private static Optional<String> value(
      @org.jspecify.annotations.Nullable String header, String scheme) {
    return Optional.ofNullable(header)
        .filter(text -> text.toLowerCase(Locale.ROOT).startsWith(scheme))
        .map(text -> text.substring(scheme.length()).strip())
        .filter(text -> !text.isEmpty());
  }
}
