package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArchivesRestTest {
  @RegisterExtension static final RestServer server = new RestServer();

  @Test
  void anArchiveIsMadeReadChangedAndDeleted() {
    Answer made = server.post("/v1/archives/", Map.of("name", "facts"));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.body().path("vector_db_provider").asText()).isEqualTo("native");
    assertThat(made.body().get("description").isNull()).isTrue();
    assertThat(made.body().get("embedding_config").isNull()).isTrue();

    String path = "/v1/archives/" + made.id();
    Answer changed = server.patch(path, Map.of("description", "what is so"));
    assertThat(changed.body().path("name").asText()).isEqualTo("facts");
    assertThat(server.get(path).body()).isEqualTo(changed.body());
    assertThat(server.get("/v1/archives/?name=facts").body()).hasSize(1);
    assertThat(server.get("/v1/archives/?name=others").body()).isEmpty();

    assertThat(server.delete(path).status()).isEqualTo(204);
    assertThat(server.get(path).status()).isEqualTo(404);
    assertThat(server.post("/v1/archives", Map.of()).status()).isEqualTo(422);
  }

  @Test
  void passagesAreInsertedFoundAndDeleted() {
    String archive = server.post("/v1/archives", Map.of("name", "ships")).id();
    String path = "/v1/archives/" + archive + "/passages";
    Answer one =
        server.post(
            path,
            Map.of(
                "text",
                "the harbour master is Ines",
                "tags",
                List.of("people"),
                "metadata",
                Map.of("page", 3),
                "created_at",
                "2024-05-01T10:00:00+02:00"));
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.body().path("created_at").asText()).isEqualTo("2024-05-01T08:00:00.000+00:00");
    assertThat(one.body().get("embedding").isNull()).isTrue();
    Answer many =
        server.post(
            path + "/batch",
            Map.of(
                "passages",
                IntStream.range(0, 20)
                    .mapToObj(i -> Map.of("text", "ship number " + i + " has a blue funnel"))
                    .toList()));
    assertThat(many.body()).hasSize(20);

    JsonNode found = search(Map.of("query", "harbour master", "archive_id", archive));
    assertThat(found.path(0).path("passage").path("id").asText()).isEqualTo(one.id());
    assertThat(found.path(0).path("score").asDouble()).isPositive();
    assertThat(search(Map.of("query", "funnel", "limit", 4))).hasSize(4);
    assertThat(search(Map.of("query", "harbour", "tags", List.of("none")))).isEmpty();
    assertThat(search(Map.of("query", "harbour", "end_date", "2024-01-01"))).isEmpty();

    assertThat(server.delete(path + '/' + one.id()).status()).isEqualTo(204);
    assertThat(server.delete(path + '/' + one.id()).status()).isEqualTo(404);
    assertThat(search(Map.of("query", "harbour master Ines", "tags", List.of("people")))).isEmpty();
  }

  @Test
  void aPassageIsDeletedThroughItsOwnArchiveOnly() {
    String mine = server.post("/v1/archives", Map.of("name", "mine")).id();
    String other = server.post("/v1/archives", Map.of("name", "other")).id();
    String passage = server.post("/v1/archives/" + mine + "/passages", Map.of("text", "kept")).id();
    assertThat(server.delete("/v1/archives/" + other + "/passages/" + passage).status())
        .isEqualTo(404);
    assertThat(server.delete("/v1/archives/" + mine + "/passages/" + passage).status())
        .isEqualTo(204);
  }

  private static JsonNode search(Map<String, Object> body) {
    Answer answer = server.post("/v1/passages/search", body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }
}
