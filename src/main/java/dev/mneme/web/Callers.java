package dev.mneme.web;

import dev.mneme.common.Owner;
import dev.mneme.common.Sha256;
import dev.mneme.secret.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells by its key whose rows a request is about. Immutable.
 *
 * <p>Keys are kept as hashes and looked up by hash, so that neither a dump of the memory nor the
 * time of an answer helps to guess one.
 */
public final class Callers {
  /** Nobody needs a key; everybody is the default owner. */
  public static final Callers OPEN = new Callers(Map.of(), true);

  private static final String OWNER = "dev.mneme.web.owner";
  private static final String BEARER = "bearer ";
  private static final String PASSWORD = "password ";
  private static final Set<String> OPEN_PATHS =
      Set.of("/", "/v1/health", "/v1/health/", "/latest/health", "/latest/health/");

  private final Map<String, Owner> owners;
  private final boolean keyless;

  /**
   * @param keyless whether a request without any key is the default owner's
   */
  public Callers(Map<SecretText, Owner> keys, boolean keyless) {
    Map<String, Owner> hashed = new HashMap<>();
    keys.forEach((key, owner) -> hashed.put(Sha256.hex(key.reveal()), owner));
    this.owners = Map.copyOf(hashed);
    this.keyless = keyless;
  }

  /** Whose rows the request is about; the guard has found that out before any route runs. */
  public static Owner owner(HttpServletRequest request) {
    return request.getAttribute(OWNER) instanceof Owner owner ? owner : Owner.DEFAULT;
  }

  /** Notes the owner for the routes, or refuses. */
  Optional<Refusal> check(HttpServletRequest request) {
    // The official clients send whatever key their environment holds, to any server.
    if (owners.isEmpty() || OPEN_PATHS.contains(request.getRequestURI())) {
      return Optional.empty();
    }
    Optional<String> key = key(request);
    if (key.isEmpty()) {
      return keyless
          ? Optional.empty()
          : refuse("key_required", "Send a key: Authorization: Bearer KEY.");
    }
    Optional<Owner> owner = key.map(Sha256::hex).map(owners::get);
    owner.ifPresent(found -> request.setAttribute(OWNER, found));
    return owner.isPresent()
        ? Optional.empty()
        : refuse("key_unknown", "This key is not known here. Check auth.keys of the server.");
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

  private static Optional<Refusal> refuse(String code, String detail) {
    return Optional.of(new Refusal(401, code, detail));
  }
}
