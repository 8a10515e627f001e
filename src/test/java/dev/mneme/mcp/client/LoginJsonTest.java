package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.mcp.client.oauth.Grant;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginJsonTest {
  private static final URI SERVER = URI.create("https://x.example/mcp");

  @Test
  void aGrantComesBackWithAllThatItNeedsToBeUsedAndRenewed() {
    Grant grant =
        new Grant(
            "https://a.example",
            SERVER.toString(),
            URI.create("https://a.example/token"),
            List.of("one", "two"),
            new SecretText("access-1"),
            Optional.of(new SecretText("refresh-1")),
            Optional.of(new SecretText("{\"kty\":\"EC\"}")),
            Optional.of(Instant.parse("2026-12-01T10:00:00Z")));
    String json = LoginJson.write(grant, SERVER);
    Grant back = LoginJson.grant(json, SERVER).orElseThrow();
    assertThat(back).isEqualTo(grant);
    assertThat(back.key().orElseThrow().reveal()).isEqualTo("{\"kty\":\"EC\"}");
    assertThat(LoginJson.grant(json, URI.create("https://y.example/mcp"))).isEmpty();
  }
}
