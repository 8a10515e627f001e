package dev.mneme.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.mcp.server.TestingMcp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which session {@code true} is, and where nobody can tell. */
class PythonSessionsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private TestingFace face;

  @BeforeEach
  void start(@TempDir Path folder) {
    face = new TestingFace(folder);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    face.close();
  }

  @Test
  void aClientWithASessionHasOneOfItsOwn() throws Exception {
    String text =
        face.call(face.session(), "run_python", "{\"code\":\"1\",\"session\":true}").toString();
    assertThat(text).contains("\"result\":\"1\"");
  }

  @Test
  void whereTwoWindowsLookAlikeASessionNeedsAName() throws Exception {
    JsonNode refused = modern("{\"code\":\"1\",\"session\":true}");
    assertThat(refused.path("isError").asBoolean()).isTrue();
    assertThat(refused.at("/content/0/text").asText())
        .contains("does not say which conversation", "a name of its own");
    assertThat(modern("{\"code\":\"1\",\"session\":\"sums\"}").path("isError").asBoolean())
        .isFalse();
  }

  private JsonNode modern(String arguments) throws IOException, InterruptedException {
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run_python","arguments":%s,
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{}}}}
        """
            .formatted(arguments);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + face.mcp.port() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", "run_python")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return TestingMcp.message(client.send(request, BodyHandlers.ofString())).path("result");
  }
}
