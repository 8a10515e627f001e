package dev.mneme.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks as resources, prompts and completions; updates as the official Java client hears them. */
class ResourcesTest {
  private static final String HUMAN = "memory://agents/default/blocks/human";

  @TempDir private Path folder;
  private TestingFace face;
  private String session;

  @BeforeEach
  void start() throws Exception {
    face = new TestingFace(folder);
    session = face.session();
  }

  @AfterEach
  void stop() {
    face.close();
  }

  @Test
  void blocksAreListedAndReadUnderNamesAndIds() throws Exception {
    JsonNode resources = face.request(session, "resources/list", "{}").at("/result/resources");
    assertThat(resources.findValuesAsText("uri"))
        .containsExactly(HUMAN, "memory://agents/default/blocks/persona", "ui://mneme/memory");
    face.call(session, "memory_rethink", "{\"label\":\"human\",\"new_memory\":\"Ada\"}");
    assertThat(read(HUMAN).at("/result/contents/0/text").asText()).isEqualTo("Ada");
    String id = face.call(session, "agent_list", "{}").at("/agents/0/id").asText();
    assertThat(
            read("memory://agents/" + id + "/blocks/human").at("/result/contents/0/text").asText())
        .isEqualTo("Ada");
  }

  @Test
  void longListsComeInPagesThatJoin() throws Exception {
    for (int i = 0; i < 110; i++) {
      face.call(session, "agent_create", "{\"name\":\"agent " + i + "\"}");
    }
    JsonNode first = face.request(session, "resources/list", "{}").path("result");
    assertThat(first.path("resources")).hasSize(200);
    JsonNode second =
        face.request(
                session,
                "resources/list",
                Json.write(Map.of("cursor", first.path("nextCursor").asText())))
            .path("result");
    assertThat(second.path("resources")).hasSize(23);
    assertThat(second.has("nextCursor")).isFalse();
    String spaced = second.at("/resources/0/uri").asText();
    assertThat(spaced).contains("agent%20");
    assertThat(read(spaced).has("result")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory://agents/default/blocks/none",
        "memory://agents/nobody/blocks/human",
        "memory://agents/default/blocks/../../etc/passwd",
        "memory://agents/default/blocks/%2e%2e%2fhuman",
        "memory://agents/default/blocks/human?x=1",
        "memory://agents/%zz/blocks/human",
        "file:///etc/passwd",
        "human",
        ""
      })
  void otherAddressesNameNothing(String uri) throws Exception {
    assertThat(read(uri).at("/error/code").asInt()).isEqualTo(-32002);
    JsonNode subscribed =
        face.request(session, "resources/subscribe", Json.write(Map.of("uri", uri)));
    assertThat(subscribed.at("/error/code").asInt()).isEqualTo(-32002);
  }

  @Test
  void aSubscriberHearsOfEditsUndoAndRenamesButNotOfOtherBlocks() {
    Set<String> updates = ConcurrentHashMap.newKeySet();
    Set<Integer> lists = ConcurrentHashMap.newKeySet();
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://localhost:" + face.mcp.port())
                    .endpoint("/mcp")
                    .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                    .openConnectionOnStartup(true)
                    .build())
            .resourcesUpdateConsumer(
                contents -> contents.stream().map(ResourceContents::uri).forEach(updates::add))
            .resourcesChangeConsumer(resources -> lists.add(resources.size()))
            .build()) {
      client.initialize();
      client.listResources();
      client.subscribeResource(SubscribeRequest.builder(HUMAN).build());
      call(client, "core_memory_append", Map.of("label", "persona", "content", "x"));
      // The client's stream opens in its own time; an edit before that is not heard of.
      Awaitility.await()
          .untilAsserted(() -> {
            call(client, "core_memory_append", Map.of("label", "human", "content", "x"));
            assertThat(updates).containsExactly(HUMAN);
          });
      updates.clear();
      call(client, "memory_undo", Map.of());
      Awaitility.await().untilAsserted(() -> assertThat(updates).containsExactly(HUMAN));
      call(
          client,
          "memory",
          Map.of("command", "create", "path", "/memories/new", "description", "d"));
      Awaitility.await().untilAsserted(() -> assertThat(lists).contains(4));
    }
  }

  @Test
  void passagesOfAnArchiveComeInPagesAndOneByOne() throws Exception {
    for (int i = 0; i < 60; i++) {
      face.call(session, "archival_insert", "{\"content\":\"fact " + i + "\",\"tags\":[\"t\"]}");
    }
    String archive = complete("archive", "archive-", "{}").getFirst();
    JsonNode first = json("memory://archives/" + archive + "/passages");
    assertThat(first.path("total").asInt()).isEqualTo(60);
    assertThat(first.path("passages")).hasSize(50);
    JsonNode second = json(first.path("next").asText());
    assertThat(second.path("passages")).hasSize(10);
    assertThat(second.has("next")).isFalse();
    assertThat(second.path("passages").findValuesAsText("id"))
        .doesNotContainAnyElementsOf(first.path("passages").findValuesAsText("id"));
    String id = second.at("/passages/9/id").asText();
    assertThat(
            read("memory://archives/" + archive + "/passages/" + id)
                .at("/result/contents/0/text")
                .asText())
        .isEqualTo("fact 0");
    String name = URLEncoder.encode(first.path("name").asText(), StandardCharsets.UTF_8);
    assertThat(json("memory://archives/" + name.replace("+", "%20") + "/passages"))
        .isEqualTo(first);
    for (String none :
        List.of("memory://archives/none/passages", "memory://archives/archive-1/passages")) {
      assertThat(read(none).at("/error/code").asInt()).isEqualTo(-32002);
    }
  }

  @Test
  void theJournalTellsWhatChangedAndComesInPages() throws Exception {
    for (int i = 0; i < 60; i++) {
      face.call(session, "core_memory_append", "{\"label\":\"human\",\"content\":\"x\"}");
    }
    JsonNode first = json("memory://agents/default/journal");
    assertThat(first.path("entries")).hasSize(50);
    assertThat(first.at("/entries/0/operation").asText()).isEqualTo("core_memory_append");
    assertThat(first.at("/entries/0/changes/0/diff").asText()).contains("+x");
    JsonNode second = json(first.path("next").asText());
    assertThat(second.at("/entries/0/sequence").asLong())
        .isLessThan(first.at("/entries/49/sequence").asLong());
    assertThat(read("memory://agents/nobody/journal").at("/error/code").asInt()).isEqualTo(-32002);
  }

  @Test
  void subscribersHearOfPassagesAndOfTheJournal() throws Exception {
    face.call(session, "archival_insert", "{\"content\":\"one\"}");
    String archive = complete("archive", "archive-", "{}").getFirst();
    Set<String> updates = ConcurrentHashMap.newKeySet();
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://localhost:" + face.mcp.port())
                    .endpoint("/mcp")
                    .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                    .openConnectionOnStartup(true)
                    .build())
            .resourcesUpdateConsumer(
                contents -> contents.stream().map(ResourceContents::uri).forEach(updates::add))
            .build()) {
      client.initialize();
      String passages = "memory://archives/" + archive + "/passages";
      client.subscribeResource(SubscribeRequest.builder(passages).build());
      client.subscribeResource(SubscribeRequest.builder("memory://agents/default/journal").build());
      Awaitility.await()
          .untilAsserted(() -> {
            call(client, "archival_insert", Map.of("content", "two"));
            assertThat(updates).contains(passages, "memory://agents/default/journal");
          });
    }
  }

  private JsonNode json(String uri) throws Exception {
    return Json.parse(read(uri).at("/result/contents/0/text").asText());
  }

  @Test
  void thePageThatShowsMemoryIsOfOneToolAndLoadsNothing() throws Exception {
    JsonNode content = read("ui://mneme/memory").at("/result/contents/0");
    assertThat(content.path("mimeType").asText()).isEqualTo("text/html;profile=mcp-app");
    assertThat(content.path("text").asText())
        .contains("ui/initialize", "memory_undo")
        .doesNotContain("http:", "https:", "innerHTML", "src=", "@import", "url(");
    JsonNode tools = face.request(session, "tools/list", "{}").at("/result/tools");
    assertThat(tools)
        .filteredOn(tool -> tool.has("_meta"))
        .singleElement()
        .satisfies(tool -> {
          assertThat(tool.path("name").asText()).isEqualTo("memory_show");
          assertThat(tool.at("/_meta/ui/resourceUri").asText()).isEqualTo("ui://mneme/memory");
        });
    JsonNode shown = face.call(session, "memory_show", "{}");
    assertThat(shown).isEqualTo(face.call(session, "memory_view", "{}"));
  }

  @Test
  void agentsAndLabelsAreCompleted() throws Exception {
    face.call(session, "agent_create", "{\"name\":\"writer\"}");
    face.call(session, "memory_view", "{}");
    assertThat(complete("agent", "w", "{}")).containsExactly("writer");
    assertThat(complete("label", "", "{\"agent\":\"writer\"}")).containsExactly("human", "persona");
    assertThat(complete("label", "pe", "{}")).containsExactly("persona");
    assertThat(complete("other", "", "{}")).isEmpty();
  }

  @Test
  void promptsNameTheToolsToUse() throws Exception {
    for (String arguments :
        List.of("\"remember\",\"arguments\":{\"what\":\"tea\"}", "\"reflect\"")) {
      JsonNode prompt = face.request(session, "prompts/get", "{\"name\":" + arguments + "}");
      assertThat(prompt.at("/result/messages/0/content/text").asText()).contains("memory_view");
    }
  }

  private static void call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    assertThat(
            client.callTool(CallToolRequest.builder(tool).arguments(arguments).build()).isError())
        .isFalse();
  }

  private JsonNode read(String uri) throws Exception {
    return face.request(session, "resources/read", Json.write(Map.of("uri", uri)));
  }

  private List<String> complete(String name, String value, String others) throws Exception {
    JsonNode answer =
        face.request(
            session,
            "completion/complete",
            "{\"ref\":{\"type\":\"ref/resource\",\"uri\":\"memory://agents/{agent}/blocks/{label}\"},"
                + "\"argument\":{\"name\":\""
                + name
                + "\",\"value\":\""
                + value
                + "\"},\"context\":{\"arguments\":"
                + others
                + "}}");
    return answer.at("/result/completion/values").valueStream().map(JsonNode::asText).toList();
  }
}
