package dev.mneme.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.mneme.common.Json;
import dev.mneme.secret.SecretText;
import dev.mneme.web.ScopeNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several issuers beside each other, of which none is taken for another. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IssuersTest {
  private TestingIssuer home;
  private TestingIssuer work;
  private TestingIssuer asked;
  private TestingResource server;

  @BeforeEach
  void start() throws Exception {
    home = new TestingIssuer();
    work = new TestingIssuer();
    asked = new TestingIssuer();
    Introspection how =
        new Introspection(
            Optional.empty(), TestingIssuer.CLIENT, new SecretText(TestingIssuer.SECRET));
    server =
        new TestingResource(
            settings(home, Set.of(), ScopeNames.SAME, Optional.empty()),
            settings(
                work,
                Set.of("api://mneme"),
                new ScopeNames(
                    Map.of(
                        "m.use", List.of("memory:read", "api"),
                        "m.all", List.of("memory:read", "memory:write", "api"))),
                Optional.empty()),
            settings(asked, Set.of(), ScopeNames.SAME, Optional.of(how)));
  }

  private static IssuerSettings settings(
      TestingIssuer issuer,
      Set<String> audiences,
      ScopeNames scopes,
      Optional<Introspection> introspection) {
    return new IssuerSettings(issuer.url(), Optional.empty(), audiences, scopes, introspection);
  }

  @AfterEach
  void stop() {
    server.close();
    home.close();
    work.close();
    asked.close();
  }

  private int status(String token) {
    return server.get("/mcp", token).statusCode();
  }

  @Test
  void peopleOfOneNameAtTwoIssuersAreTwo() {
    String here = server.get("/mcp", home.token("anna", server.mcp(), "")).body();
    String there = server.get("/mcp", work.token("anna", "api://mneme", "")).body();
    assertThat(here).isEqualTo("you are " + TestingResource.owner(home.url(), "anna").id());
    assertThat(there).isEqualTo("you are " + TestingResource.owner(work.url(), "anna").id());
    assertThat(here).isNotEqualTo(there);
  }

  @Test
  void nobodySignsForAnother() {
    assertThat(status(work.token(all -> all.issuer(home.url()).audience(server.mcp()))))
        .isEqualTo(401);
    assertThat(status(home.token(all -> all.issuer(work.url()).audience("api://mneme"))))
        .isEqualTo(401);
    assertThat(status(home.token(all -> all.issuer(asked.url()).audience(server.mcp()))))
        .isEqualTo(401);
    assertThat(status(home.token(all -> all.issuer("https://elsewhere.example.com"))))
        .isEqualTo(401);
    assertThat(status(home.token(all -> all.issuer(null).audience(server.mcp())))).isEqualTo(401);
  }

  @Test
  void anAudienceCountsForItsIssuerAlone() {
    assertThat(status(home.token("anna", "api://mneme", ""))).isEqualTo(401);
    assertThat(status(work.token("anna", server.mcp(), ""))).isEqualTo(401);
  }

  @Test
  void aTokenIsShownToNobodyButItsIssuer() {
    JWTClaimsSet unsigned =
        new JWTClaimsSet.Builder()
            .issuer(home.url())
            .subject("anna")
            .audience(server.mcp())
            .build();
    for (String token :
        List.of(
            home.token("anna", server.mcp(), ""),
            work.token("anna", "api://mneme", ""),
            home.token(all -> all.issuer("https://elsewhere.example.com")),
            new PlainJWT(unsigned).serialize())) {
      status(token);
    }
    assertThat(asked.introspected()).isEmpty();
    assertThat(asked.fetches()).isZero();
    String opaque =
        asked.opaque(
            Map.of(
                "active",
                true,
                "sub",
                "anna",
                "aud",
                server.mcp(),
                "exp",
                Instant.now().getEpochSecond() + 600));
    assertThat(server.get("/mcp", opaque).body())
        .isEqualTo("you are " + TestingResource.owner(asked.url(), "anna").id());
    assertThat(asked.introspected()).containsExactly(opaque);
  }

  @Test
  void whatOneIssuerCannotBeAskedDoesNotKeepTheOthersOut() {
    work.goDown();
    assertThat(status(work.token("anna", "api://mneme", ""))).isEqualTo(503);
    assertThat(status(home.token("anna", server.mcp(), ""))).isEqualTo(200);
  }

  @Test
  void scopesHaveTheNamesOfTheirIssuer() {
    assertThat(server.get("/v1/who", work.token("anna", "api://mneme", "m.use")).statusCode())
        .isEqualTo(200);
    // What would be enough elsewhere says nothing here.
    var refused = server.get("/v1/who", work.token("anna", "api://mneme", "api"));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .endsWith("scope=\"m.use\"");
  }

  @Test
  void allAreDescribed() {
    JsonNode described =
        Json.parse(server.get("/.well-known/oauth-protected-resource/mcp", "").body());
    assertThat(described.path("authorization_servers"))
        .extracting(JsonNode::asText)
        .containsExactly(home.url(), work.url(), asked.url());
    assertThat(described.path("scopes_supported"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("memory:read", "memory:write", "m.use", "m.all");
  }
}
