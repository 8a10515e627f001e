package dev.mneme.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.mneme.common.Json;
import dev.mneme.web.ScopeNames;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of a real authorization server, good ones and all kinds of others. */
class ResourceServerTest {
  private TestingIssuer issuer;
  private TestingResource server;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestingIssuer();
    serve(Set.of());
  }

  private void serve(Set<String> audiences) {
    server =
        new TestingResource(
            new IssuerSettings(
                issuer.url(), Optional.empty(), audiences, ScopeNames.SAME, Optional.empty()));
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  @Test
  void aTokenSaysWhoseRowsARequestIsAbout() throws Exception {
    HttpResponse<String> answer = get("/mcp", issuer.token("anna", server.url() + "/mcp", ""));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("you are " + TestingResource.owner(issuer.url(), "anna").id());
    issuer.rotate(TestingIssuer.rsa("second"));
    assertThat(get("/mcp", issuer.token("anna", server.url() + "/mcp", "")).body())
        .isEqualTo(answer.body());
    assertThat(get("/mcp", TestingResource.KEY).body())
        .isEqualTo("you are " + TestingResource.ALICE.id());
  }

  @Test
  void theKeysAreFetchedOnceAndAnewForAKeyThatIsNotKnown() throws Exception {
    assertThat(issuer.fetches()).isZero();
    String before = issuer.token("anna", server.url() + "/mcp", "");
    for (int call = 0; call < 5; call++) {
      assertThat(get("/mcp", before).statusCode()).isEqualTo(200);
    }
    assertThat(issuer.fetches()).isEqualTo(1);
    issuer.rotate(TestingIssuer.elliptic("second"));
    assertThat(get("/mcp", issuer.token("anna", server.url() + "/mcp", "")).statusCode())
        .isEqualTo(200);
    assertThat(get("/mcp", before).statusCode()).isEqualTo(401);
    ECKey foreign = TestingIssuer.elliptic("foreign");
    for (int call = 0; call < 40; call++) {
      String token =
          issuer.sign(
              new ECKey.Builder(foreign).keyID("foreign-" + call).build(),
              "at+jwt",
              claims -> claims.audience(server.url() + "/mcp"));
      assertThat(get("/mcp", token).statusCode()).isEqualTo(401);
    }
    // However many keys are made up: the issuer is not asked for each.
    assertThat(issuer.fetches()).isLessThan(20);
  }

  @Test
  void whatIsNotAGoodTokenIsRefused() throws Exception {
    String here = server.url() + "/mcp";
    issuer.rotate(TestingIssuer.rsa("first"));
    String good = issuer.token("anna", here, "");
    String[] parts = good.split("\\.", -1);
    RSAKey own = issuer.key().toRSAKey();
    RSAKey foreign = TestingIssuer.rsa(own.getKeyID());
    JWTClaimsSet claims = claimsFor(here);
    SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    shared.sign(new MACSigner(own.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    SignedJWT carriesItsKey =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(foreign.toPublicJWK())
                .jwkURL(URI.create(issuer.url() + "/others"))
                .build(),
            claims);
    carriesItsKey.sign(new RSASSASigner(foreign));
    Instant now = Instant.now();
    Stream.of(
            new PlainJWT(claims).serialize(),
            shared.serialize(),
            carriesItsKey.serialize(),
            issuer.sign(foreign, "at+jwt", all -> all.audience(here)),
            issuer.sign(own, "dpop+jwt", all -> all.audience(here)),
            parts[0] + "." + encoded(claims.toString()) + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            changed(here, all -> all.issuer("https://elsewhere.example.com")),
            changed(here, all -> all.issuer(issuer.url() + "/")),
            changed(here, all -> all.audience("https://elsewhere.example.com/mcp")),
            changed(here, all -> all.audience(here + "x")),
            changed(here, all -> all.audience(List.of())),
            changed(here, all -> all.subject(null)),
            changed(here, all -> all.subject(" ")),
            changed(here, all -> all.expirationTime(null)),
            changed(here, all -> all.expirationTime(Date.from(now.minusSeconds(120)))),
            changed(here, all -> all.notBeforeTime(Date.from(now.plusSeconds(120)))),
            changed(here, all -> all.claim("cnf", Map.of("jkt", "abc"))),
            "not-a-token",
            "aaaa.bbbb.cccc")
        .forEach(bad -> {
          HttpResponse<String> answer = get("/mcp", bad);
          assertThat(answer.statusCode()).as(bad).isEqualTo(401);
          assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
              .startsWith("Bearer error=\"invalid_token\", resource_metadata=\"");
          assertThat(answer.body()).doesNotContain("you are").doesNotContain("dev.mneme");
        });
    assertThat(get("/mcp", good).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenIsGoodForWhatItWasIssuedForAndWhatStandsUnderThat() throws Exception {
    String all = issuer.token("anna", server.url(), "api");
    String mcp = issuer.token("anna", server.url() + "/mcp", "api");
    String one = issuer.token("anna", server.url() + "/mcp/agents/a", "api");
    Map.of("/mcp", 200, "/mcp/agents/a", 200, "/v1/who", 200)
        .forEach(
            (path, status) -> assertThat(get(path, all).statusCode()).as(path).isEqualTo(status));
    Map.of("/mcp", 200, "/mcp/agents/a", 200, "/mcp/agents/b", 200, "/v1/who", 401)
        .forEach(
            (path, status) -> assertThat(get(path, mcp).statusCode()).as(path).isEqualTo(status));
    Map.of("/mcp", 401, "/mcp/agents/a", 200, "/mcp/agents/b", 401, "/v1/who", 401)
        .forEach(
            (path, status) -> assertThat(get(path, one).statusCode()).as(path).isEqualTo(status));
  }

  @Test
  void anAudienceThatIsConfiguredCountsAlone() throws Exception {
    server.close();
    serve(Set.of("api://mneme"));
    assertThat(get("/mcp", issuer.token("anna", "api://mneme", "")).statusCode()).isEqualTo(200);
    assertThat(get("/mcp", issuer.token("anna", server.url() + "/mcp", "")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void theRestOfTheServerWantsAScopeOfItsOwn() throws Exception {
    HttpResponse<String> refused =
        get("/v1/who", issuer.token("anna", server.url(), "x memory:read"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", resource_metadata=\""
                + server.url()
                + "/.well-known/oauth-protected-resource/v1\", scope=\"api memory:read x\"");
    String listed =
        issuer.token(
            claims -> claims.audience(server.url()).claim("scp", List.of("api", "memory:read")));
    assertThat(get("/v1/who", listed).statusCode()).isEqualTo(200);
    // What looks like another address to a hasty reader is still the one that is served.
    String mcp = issuer.token("anna", server.url(), "memory:read");
    for (String path :
        List.of("/mcp/../v1/who", "/mcp/%2e%2e/v1/who", "/v1/who;/mcp", "//v1/who")) {
      assertThat(get(path, mcp).body()).as(path).doesNotContain("you are");
    }
  }

  @Test
  void whoIsNotLetInIsToldWhereToAsk() throws Exception {
    HttpResponse<String> stranger = get("/mcp", "");
    assertThat(stranger.statusCode()).isEqualTo(401);
    String metadata = server.url() + "/.well-known/oauth-protected-resource/mcp";
    assertThat(stranger.headers().firstValue("WWW-Authenticate").orElseThrow())
        .isEqualTo(
            "Bearer resource_metadata=\"" + metadata + "\", scope=\"memory:read memory:write\"");

    JsonNode described = Json.parse(get(URI.create(metadata).getPath(), "").body());
    assertThat(described.path("resource").asText()).isEqualTo(server.url() + "/mcp");
    assertThat(described.path("authorization_servers").get(0).asText()).isEqualTo(issuer.url());
    assertThat(described.path("scopes_supported").toString())
        .isEqualTo("[\"memory:read\",\"memory:write\"]");

    String wellKnown = "/.well-known/oauth-protected-resource";
    assertThat(resource(wellKnown)).isEqualTo(server.url());
    assertThat(resource(wellKnown + "/v1")).isEqualTo(server.url() + "/v1");
    assertThat(resource(wellKnown + "/mcp/agents/a")).isEqualTo(server.url() + "/mcp/agents/a");
    assertThat(get(wellKnown + "/elsewhere", "").statusCode()).isEqualTo(404);
    assertThat(get(wellKnown + "x", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whileTheIssuerCannotBeAskedNobodyIsCalledAStranger() throws Exception {
    String good = issuer.token("anna", server.url() + "/mcp", "");
    issuer.goDown();
    HttpResponse<String> answer = get("/mcp", good);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("issuer_unreachable");
  }

  @Test
  void keysOfSomebodyElseAreNotTaken() throws Exception {
    issuer.pretend("https://elsewhere.example.com");
    assertThat(get("/mcp", issuer.token("anna", server.url() + "/mcp", "")).statusCode())
        .isEqualTo(503);
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void keysAreNotTakenFromAnAddressWhereAnybodyOnTheWayCouldChangeThem() throws Exception {
    issuer.keysAt("http://elsewhere.example.com/keys");
    HttpResponse<String> answer =
        get("/mcp", issuer.token("anna", server.url() + "/mcp", "memory:read"));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(issuer.fetches()).isZero();
  }

  private String resource(String path) throws Exception {
    return Json.parse(get(path, "").body()).path("resource").asText();
  }

  private JWTClaimsSet claimsFor(String audience) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.url())
        .subject("mallory")
        .audience(audience)
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .build();
  }

  private String changed(String audience, UnaryOperator<JWTClaimsSet.Builder> change) {
    return issuer.token(claims -> change.apply(claims.audience(audience)));
  }

  private static String encoded(String json) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String path, String token) {
    return server.get(path, token);
  }
}
