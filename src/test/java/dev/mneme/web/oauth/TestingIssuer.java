package dev.mneme.web.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server that describes itself over HTTP and signs real tokens. */
public final class TestingIssuer implements AutoCloseable {
  /** A client that is known at the token endpoint. */
  public static final String CLIENT = "machine";

  public static final String SECRET = "machine-secret-1";

  private final HttpServer http;
  private final AtomicInteger fetches = new AtomicInteger();
  private final Map<String, Map<String, List<String>>> codes = new ConcurrentHashMap<>();
  private final Map<String, String> opaque = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile JWK key;
  private volatile boolean down;
  private volatile Optional<String> keys = Optional.empty();
  private volatile String name;

  public TestingIssuer() throws IOException, JOSEException {
    key = elliptic("first");
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
    name = url();
  }

  public static RSAKey rsa(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  public static ECKey elliptic(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
  }

  /** What it is called, which is where it is. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** How often its keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** Signs with another key from now on, and knows no other. */
  public void rotate(JWK next) {
    key = next;
  }

  /** Answers nothing but errors. */
  public void goDown() {
    down = true;
  }

  /** Says that it is somebody else. */
  public void pretend(String other) {
    name = other;
  }

  /** Says that its keys are elsewhere. */
  public void keysAt(String place) {
    keys = Optional.of(place);
  }

  /** A token that says nothing to anybody but this issuer, which answers this about it. */
  public String opaque(Map<String, Object> answer) {
    String token = UUID.randomUUID().toString();
    answers(token, answer);
    return token;
  }

  /** What it answers whom it knows about a token. */
  public void answers(String token, Map<String, Object> answer) {
    opaque.put(token, Json.write(answer));
  }

  /** A token is good no more. */
  public void revoke(String token) {
    opaque.remove(token);
  }

  /** The tokens it was asked about. */
  public List<String> introspected() {
    return asked;
  }

  public JWK key() {
    return key;
  }

  /** A good token. */
  public String token(String subject, String audience, String scopes) {
    return token(claims -> claims.subject(subject).audience(audience).claim("scope", scopes));
  }

  /** A token like a good one but for what is changed. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(key, "at+jwt", change);
  }

  public String sign(JWK with, String type, UnaryOperator<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(url())
            .subject("somebody")
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    try {
      boolean rsa = with instanceof RSAKey;
      JWSHeader header =
          new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
              .keyID(with.getKeyID())
              .type(new JOSEObjectType(type))
              .build();
      SignedJWT token = new SignedJWT(header, change.apply(claims).build());
      token.sign(rsa ? new RSASSASigner(with.toRSAKey()) : new ECDSASigner(with.toECKey()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (down) {
        exchange.sendResponseHeaders(500, -1);
      } else if (path.equals("/.well-known/openid-configuration")) {
        answer(
            exchange,
            Json.write(
                described(
                    "issuer",
                    name,
                    "jwks_uri",
                    keys.orElse(url() + "/keys"),
                    "token_endpoint",
                    url() + "/token",
                    "authorization_endpoint",
                    url() + "/authorize",
                    "introspection_endpoint",
                    url() + "/introspect",
                    "registration_endpoint",
                    url() + "/register",
                    "code_challenge_methods_supported",
                    List.of("S256"),
                    "token_endpoint_auth_methods_supported",
                    List.of("none", "client_secret_basic"),
                    "response_types_supported",
                    List.of("code"))));
      } else if (path.equals("/keys")) {
        fetches.incrementAndGet();
        answer(exchange, new JWKSet(key).toString());
      } else if (path.equals("/introspect")) {
        introspect(exchange);
      } else if (path.equals("/register")) {
        answer(exchange, Json.write(Map.of("client_id", "registered")));
      } else if (path.equals("/authorize")) {
        authorize(exchange);
      } else if (path.equals("/token")) {
        token(exchange);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  /** Lets everybody in who comes with a browser. */
  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, List<String>> asked =
        URLUtils.parseParameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri").getFirst()
                + "?code="
                + code
                + "&state="
                + asked.get("state").getFirst());
    exchange.sendResponseHeaders(302, -1);
  }

  /** What was asked for when the code was given, where it is shown by who asked. */
  private Optional<Map<String, List<String>>> redeemed(Map<String, List<String>> asked) {
    String verifier = asked.getOrDefault("code_verifier", List.of("-")).getFirst();
    return Optional.ofNullable(asked.get("code"))
        .map(List::getFirst)
        .map(codes::remove)
        .filter(begun ->
            CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                .getValue()
                .equals(begun.get("code_challenge").getFirst()));
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!isClient(exchange)) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    String token = URLUtils.parseParameters(body).get("token").getFirst();
    asked.add(token);
    answer(exchange, opaque.getOrDefault(token, "{\"active\":false}"));
  }

  private static boolean isClient(HttpExchange exchange) {
    String proof =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    return ("Basic " + proof).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  /** More pairs than {@code Map.of} takes. */
  private static Map<String, Object> described(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** Gives a client a token for the resource it names, where it knows the secret. */
  private void token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> asked = URLUtils.parseParameters(body);
    Optional<Map<String, List<String>>> begun = redeemed(asked);
    if (begun.isPresent()) {
      give(exchange, "somebody", begun.get());
      return;
    }
    boolean known =
        isClient(exchange) && asked.get("grant_type").equals(List.of("client_credentials"));
    if (!known) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    give(exchange, CLIENT, asked);
  }

  private void give(HttpExchange exchange, String who, Map<String, List<String>> asked)
      throws IOException {
    answer(
        exchange,
        Json.write(
            Map.of(
                "access_token",
                token(who, asked.get("resource").getFirst(), asked.get("scope").getFirst()),
                "token_type",
                "Bearer",
                "expires_in",
                600)));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
