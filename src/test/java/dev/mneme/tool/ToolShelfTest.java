package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolShelfTest {
  private static final ObjectNode BY_ID =
      object("{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"string\"}}}");
  private final ToolShelf shelf =
      new ToolShelf(
          List.of(
              card("order_list", "Lists orders.", BY_ID),
              card("order_get", "Shows one order.", BY_ID),
              card("git__createBranch", "Starts a line of work.", BY_ID),
              card(
                  "send",
                  "Hands something over.",
                  object(
                      "{\"type\": \"object\", \"properties\": {\"recipient_email\": {}, \"size\":"
                          + " {\"type\": \"integer\"}}, \"required\": [\"recipient_email\"],"
                          + " \"additionalProperties\": false}"))));

  private static ToolCard card(String name, String description, ObjectNode input) {
    return new ToolCard(name, description, input, Optional.empty());
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json);
  }

  private List<String> found(String query) {
    return shelf.find(query, 20).stream().map(ToolCard::name).toList();
  }

  @Test
  void wordsAreFoundInNamesArgumentsAndDescriptionsTheRareOnesFirst() {
    assertThat(found("get orders")).first().isEqualTo("order_get");
    assertThat(found("email")).containsExactly("send");
    assertThat(found("branches")).containsExactly("git__createBranch");
    assertThat(found("lines of work")).containsExactly("git__createBranch");
    assertThat(found("unheard")).isEmpty();
  }

  @Test
  void withoutWordsTheFirstAreShown() {
    assertThat(shelf.find(" ", 2))
        .extracting(ToolCard::name)
        .containsExactly("order_list", "order_get");
  }

  @Test
  void theOverviewCountsByServerOrFirstWord() {
    assertThat(shelf.overview()).isEqualTo("4 tools (order 2, git, send)");
  }

  @Test
  void whatPlainlyDoesNotFitIsSeenWithoutRunningAnythingOfTheSchema() {
    ToolCard send = shelf.card("send").orElseThrow();

    assertThat(send.refuses(object("{}"))).isTrue();
    assertThat(send.refuses(object("{\"recipient_email\": 1, \"size\": \"big\"}"))).isTrue();
    assertThat(send.refuses(object("{\"recipient_email\": 1, \"to\": 2}"))).isTrue();
    assertThat(send.refuses(object("{\"recipient_email\": 1, \"size\": 2}"))).isFalse();
    assertThat(shelf.card("order_get").orElseThrow().refuses(object("{\"more\": 1}"))).isFalse();
  }

  @Test
  void argumentsWrittenAsTextAreTakenForWhatTheyMean() {
    assertThat(ShelfCall.of(object("{\"name\": \"a\", \"arguments\": \"{\\\"x\\\": 1}\"}")))
        .isEqualTo(new ShelfCall("a", object("{\"x\": 1}")));
    assertThat(ShelfCall.of(object("{\"name\": \"a\"}")).arguments()).isEmpty();
    assertThatThrownBy(() -> ShelfCall.of(object("{\"name\": \"a\", \"arguments\": [1]}")))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("has to be an object");
    assertThatThrownBy(() -> ShelfCall.of(object("{\"arguments\": {}}")))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("name of a tool");
  }
}
