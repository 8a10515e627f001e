package dev.mneme.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import dev.mneme.mcp.server.catalog.ServerCard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTest {
  private static final String META = "\"io.modelcontextprotocol/";

  @Test
  void theRelayAnswersDiscoverAsTheServerDoes() throws Exception {
    String answer = Card.read().discovered("\"a\"");
    assertThat(answer).endsWith("}\n").doesNotContain("\n ");
    assertThat(Json.parse(answer).path("id").asText()).isEqualTo("a");
    assertThat(Json.parse(answer).path("result")).isEqualTo(Json.parse(server()));
  }

  @Test
  void itAnswersWhatItUnderstands() throws Exception {
    assertThat(
            discovers(
                META + "protocolVersion\":\"2026-07-28\"," + META + "clientCapabilities\":{}"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        META + "protocolVersion\":\"2026-07-28\"",
        META + "protocolVersion\":\"2025-11-25\"," + META + "clientCapabilities\":{}",
        META + "protocolVersion\":\"2026-07-28\"," + META + "clientCapabilities\":7"
      })
  void whatIsWrongIsForTheServer(String meta) throws Exception {
    assertThat(discovers(meta)).isFalse();
  }

  private static boolean discovers(String meta) throws Exception {
    String line =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{\"_meta\":{"
            + meta
            + "}}}\n";
    return Card.read().discovers(Message.of(line.getBytes(StandardCharsets.UTF_8)));
  }

  private static String server() {
    return Json.write(ServerCard.load().discovered());
  }
}
