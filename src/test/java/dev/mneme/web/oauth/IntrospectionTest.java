package dev.mneme.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.secret.SecretText;
import dev.mneme.web.ScopeNames;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens that say nothing themselves, so that their issuer is asked. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IntrospectionTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private TestingIssuer issuer;
  private TestingResource server;

  @BeforeEach
  void start() throws Exception {
    issuer = new TestingIssuer();
    server = new TestingResource(now::get, settings(TestingIssuer.SECRET));
  }

  private IssuerSettings settings(String secret) {
    Introspection how =
        new Introspection(Optional.empty(), TestingIssuer.CLIENT, new SecretText(secret));
    return new IssuerSettings(
        issuer.url(), Optional.empty(), Set.of(), ScopeNames.SAME, Optional.of(how));
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private Map<String, Object> good() {
    Map<String, Object> answer = new HashMap<>();
    answer.put("active", true);
    answer.put("sub", "anna");
    answer.put("aud", server.mcp());
    answer.put("scope", "memory:read");
    answer.put("token_type", "Bearer");
    answer.put("exp", now.get().getEpochSecond() + 600);
    return answer;
  }

  private int status(String token) {
    return server.get("/mcp", token).statusCode();
  }

  @Test
  void theIssuerSaysWhoseATokenIs() {
    String token = issuer.opaque(good());
    HttpResponse<String> answer = server.get("/mcp", token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("you are " + TestingResource.owner(issuer.url(), "anna").id());
    assertThat(server.get("/v1/who", token).statusCode()).isEqualTo(401);
    assertThat(server.get("/mcp", TestingResource.KEY).statusCode()).isEqualTo(200);
    assertThat(issuer.introspected()).containsOnly(token);
  }

  @Test
  void anAnswerIsKeptForSecondsAndNotLongerThanTheToken() {
    String token = issuer.opaque(good());
    for (int call = 0; call < 5; call++) {
      assertThat(status(token)).isEqualTo(200);
    }
    assertThat(issuer.introspected()).hasSize(1);
    issuer.revoke(token);
    now.set(now.get().plus(Verdicts.KEPT));
    assertThat(status(token)).isEqualTo(401);

    Map<String, Object> brief = good();
    brief.put("exp", now.get().getEpochSecond() + 5);
    String soonOver = issuer.opaque(brief);
    assertThat(status(soonOver)).isEqualTo(200);
    now.set(now.get().plusSeconds(6));
    issuer.revoke(soonOver);
    assertThat(status(soonOver)).isEqualTo(401);
  }

  @Test
  void aRefusalIsKeptToo() {
    for (int call = 0; call < 5; call++) {
      assertThat(status("made-up-0123456789")).isEqualTo(401);
    }
    assertThat(issuer.introspected()).hasSize(1);
  }

  @Test
  void whatTheIssuerDoesNotVouchForInFullIsRefused() {
    Map.<String, Object>of(
            "active", false,
            "sub", " ",
            "aud", "https://elsewhere.example.com/mcp",
            "iss", "https://elsewhere.example.com",
            "exp", now.get().getEpochSecond() - 120,
            "nbf", now.get().getEpochSecond() + 120,
            "token_type", "DPoP",
            "token_use", "refresh_token",
            "cnf", Map.of("jkt", "abc"))
        .forEach((key, value) -> {
          Map<String, Object> answer = good();
          answer.put(key, value);
          assertThat(status(issuer.opaque(answer))).as(key).isEqualTo(401);
        });
    for (String key : List.of("sub", "aud", "exp")) {
      Map<String, Object> answer = good();
      answer.remove(key);
      assertThat(status(issuer.opaque(answer))).as("without " + key).isEqualTo(401);
    }
  }

  @Test
  void whileTheIssuerCannotBeAskedNobodyIsLetInAndNobodyIsCalledAStranger() {
    String token = issuer.opaque(good());
    issuer.goDown();
    HttpResponse<String> answer = server.get("/mcp", token);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("issuer_unreachable").doesNotContain(token);
  }

  @Test
  void aWrongSecretLetsNobodyIn() {
    server.close();
    server = new TestingResource(now::get, settings("another-secret-1"));
    String token = issuer.opaque(good());
    assertThat(status(token)).isEqualTo(503);
    assertThat(issuer.introspected()).isEmpty();
  }

  @Test
  void aSignedTokenOfAnIssuerThatIsAskedCanBeTakenBackToo() {
    String token = issuer.token("anna", server.mcp(), "memory:read");
    assertThat(status(token)).isEqualTo(401);
    String known = issuer.token("bela", server.mcp(), "memory:read");
    issuer.answers(known, good());
    assertThat(status(known)).isEqualTo(200);
    assertThat(issuer.fetches()).isZero();
  }
}
