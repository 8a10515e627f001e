package dev.mneme.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.RestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlocksRestTest {
  @RegisterExtension static final RestServer server = new RestServer();

  @Test
  void aBlockIsMadeReadChangedAndDeleted() {
    Answer made =
        server.post(
            "/v1/blocks/",
            Map.of("label", "human", "value", "likes tea", "tags", List.of("a"), "strange", 1));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.id()).startsWith("block-");
    assertThat(made.body().path("limit").asInt()).isEqualTo(100_000);
    assertThat(made.body().path("description").asText()).contains("person");
    assertThat(made.body().path("read_only").asBoolean()).isFalse();
    assertThat(made.body().get("hidden").isNull()).isTrue();
    assertThat(made.body().path("created_at").asText()).endsWith("+00:00");

    Answer changed = server.patch("/v1/blocks/" + made.id(), Map.of("value", "likes coffee"));
    assertThat(changed.body().path("value").asText()).isEqualTo("likes coffee");
    assertThat(changed.body().path("label").asText()).isEqualTo("human");
    assertThat(server.get("/latest/blocks/" + made.id() + "/").body()).isEqualTo(changed.body());

    Answer gone = server.delete("/v1/blocks/" + made.id());
    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.body().isNull()).isTrue();
    assertThat(server.get("/v1/blocks/" + made.id()).status()).isEqualTo(404);
  }

  @Test
  void wrongRequestsAreToldApart() {
    Answer noValue = server.post("/v1/blocks", Map.of("label", "human"));
    assertThat(noValue.status()).isEqualTo(422);
    assertThat(noValue.body().path("trace_id").asText("?")).isEmpty();
    assertThat(noValue.body().path("detail").asText()).contains("body.value");

    assertThat(server.post("/v1/blocks", Map.of("label", 7, "value", "")).status()).isEqualTo(422);
    assertThat(server.post("/v1/blocks", "[]").status()).isEqualTo(422);
    assertThat(server.post("/v1/blocks", "{").status()).isEqualTo(422);
    assertThat(server.get("/v1/blocks/block-1").status()).isEqualTo(422);
    assertThat(server.get("/v1/blocks/?limit=x").status()).isEqualTo(422);
    assertThat(server.get("/v1/blocks/?limit=0").status()).isEqualTo(422);
    assertThat(server.get("/v1/nothing").status()).isEqualTo(404);
    assertThat(server.get("/v1/nothing").body().path("detail").isTextual()).isTrue();

    Answer unknown = server.get("/v1/blocks/block-00000000-0000-4000-8000-000000000000");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().path("code").asText()).isEqualTo("unknown_block");
  }

  @Test
  void aValueOverItsLimitIsRefusedWithTheReason() {
    Answer tooLong =
        server.post("/v1/blocks", Map.of("label", "notes", "value", "x".repeat(11), "limit", 10));
    assertThat(tooLong.status()).isEqualTo(422);
    assertThat(tooLong.body().path("detail").asText()).contains("limit is 10");
    assertThat(tooLong.mayRetry()).isFalse();
  }

  @Test
  void listsAreFilteredAndCounted() {
    make("shelf", "the Red book", "colour", "paper");
    make("shelf", "the blue book", "colour");
    make("shelf2", "100% glass");

    assertThat(values("/v1/blocks/?label=shelf")).hasSize(2);
    assertThat(values("/v1/blocks/?label_search=SHELF")).hasSize(3);
    assertThat(values("/v1/blocks/?label=shelf&value_search=red")).containsExactly("the Red book");
    assertThat(values("/v1/blocks/?value_search=0%25%20g")).containsExactly("100% glass");
    assertThat(values("/v1/blocks/?tags=colour&tags=paper")).hasSize(2);
    assertThat(values("/v1/blocks/?tags=colour&tags=paper&match_all_tags=true"))
        .containsExactly("the Red book");
    assertThat(values("/v1/blocks/?tags=colo")).isEmpty();
    assertThat(values("/v1/blocks/?label=shelf&connected_to_agents_count_gt=0")).isEmpty();
    assertThat(values("/v1/blocks/?label=shelf&connected_to_agents_count_eq=0")).hasSize(2);
    assertThat(values("/v1/blocks/?label=shelf&templates_only=true")).isEmpty();
    assertThat(server.get("/v1/blocks/count?label=shelf").body().asInt()).isEqualTo(2);
  }

  @Test
  void pagesGoOnWhereTheLastOneEndedInBothDirections() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(make("page", "number " + i).id());
    }
    assertThat(walk("/v1/blocks/?label=page&limit=3", "after")).isEqualTo(all);
    assertThat(walk("/v1/blocks/?label=page&limit=3&order=desc", "after"))
        .isEqualTo(all.reversed());

    List<String> before = ids("/v1/blocks/?label=page&limit=3&before=" + all.get(5));
    assertThat(before).isEqualTo(all.subList(2, 5));
    assertThat(ids("/v1/blocks/?label=page&after=" + all.get(1) + "&before=" + all.get(4)))
        .isEqualTo(all.subList(2, 4));
    assertThat(server.get("/v1/blocks/?after=block-00000000-0000-4000-8000-000000000000").status())
        .isEqualTo(404);
  }

  private static List<String> walk(String path, String cursor) {
    List<String> seen = new ArrayList<>();
    List<String> page = ids(path);
    while (!page.isEmpty()) {
      seen.addAll(page);
      page = ids(path + '&' + cursor + '=' + page.getLast());
    }
    return seen;
  }

  private static Answer make(String label, String value, String... tags) {
    return server.post("/v1/blocks", Map.of("label", label, "value", value, "tags", List.of(tags)));
  }

  private static List<String> ids(String path) {
    return texts(path, "id");
  }

  private static List<String> values(String path) {
    return texts(path, "value");
  }

  private static List<String> texts(String path, String field) {
    JsonNode array = server.get(path).body();
    assertThat(array.isArray()).as(array.toString()).isTrue();
    return array.findValuesAsText(field);
  }
}
