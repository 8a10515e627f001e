package dev.mneme.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.secret.SecretText;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {
  private static final Owner ALICE = new Owner("user-11111111-1111-4111-8111-111111111111");
  private static final Map<SecretText, Owner> KEYS =
      Map.of(new SecretText("alice-0123456789"), ALICE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer alice-0123456789",
        "authorization: bearer alice-0123456789",
        "X-BARE-PASSWORD: password alice-0123456789"
      })
  void aKeySaysWhoseRowsARequestIsAbout(String header) throws IOException {
    try (HttpServer server = serve(new Callers(KEYS, false))) {
      assertThat(get(server, "/who", header)).endsWith(ALICE.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer alice-012345678",
        "Authorization: Bearer alice-01234567890",
        "Authorization: Basic YWxpY2U6YWxpY2U=",
        "X-Nothing: 1"
      })
  void withoutAKnownKeyNothingIsServed(String header) throws IOException {
    try (HttpServer server = serve(new Callers(KEYS, false))) {
      String answer = get(server, "/who", header);
      assertThat(RawHttp.status(answer)).isEqualTo(401);
      assertThat(answer).contains("WWW-Authenticate: Bearer").doesNotContain("user-");
      assertThat(RawHttp.status(get(server, "/v1/health/", header))).isEqualTo(200);
    }
  }

  @Test
  void aWrongKeyIsRefusedEvenWhereNoneIsNeeded() throws IOException {
    try (HttpServer server = serve(new Callers(KEYS, true))) {
      assertThat(get(server, "/who", "X-Nothing: 1")).endsWith(Owner.DEFAULT.id());
      assertThat(RawHttp.status(get(server, "/who", "Authorization: Bearer wrong"))).isEqualTo(401);
    }
  }

  @Test
  void whereThereAreNoKeysAnyIsIgnored() throws IOException {
    try (HttpServer server = serve(Callers.OPEN)) {
      assertThat(get(server, "/who", "Authorization: Bearer whatever"))
          .endsWith(Owner.DEFAULT.id());
    }
  }

  private static HttpServer serve(Callers callers) {
    return HttpServer.start(HttpSettings.loopback(0), callers, List.of(CallersTest::routes));
  }

  private static void routes(JavalinConfig config) {
    config.routes.get("/who", context -> context.result(Callers.owner(context.req()).id()));
    config.routes.get("/v1/health/", context -> context.result("{}"));
  }

  private static String get(HttpServer server, String path, String header) throws IOException {
    return RawHttp.send(
        server.port(),
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + server.port()
            + "\r\n"
            + header
            + "\r\nConnection: close\r\n\r\n");
  }
}
