package dev.mneme.engine.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.engine.web.SearchCall.Field;
import dev.mneme.net.Credential;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundRequest;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.List;

/** The search service Exa, or one that speaks as it does. */
public final class Exa implements WebSearch {
  public static final URI ADDRESS = URI.create("https://api.exa.ai");

  private static final List<Field> FIELDS =
      List.of(
          Field.same("title"),
          Field.same("url"),
          new Field("publishedDate", "published_date"),
          Field.same("author"),
          Field.same("text"),
          Field.same("highlights"),
          Field.same("summary"));

  private final URI search;
  private final SecretText key;

  public Exa(URI address, SecretText key) {
    this.search = SearchCall.below(address, "search");
    this.key = key;
  }

  @Override
  public JsonNode search(WebQuery query) {
    OutboundRequest request =
        OutboundRequest.post(search, OutboundBody.json(Json.write(question(query))))
            .with(new Credential("x-api-key", key.reveal(), search));
    JsonNode found = SearchCall.send(NetPolicy.PUBLIC_ONLY.naming(search), request);
    return SearchCall.answer(query, found.path("results"), FIELDS);
  }

  private static ObjectNode question(WebQuery query) {
    ObjectNode question = Json.mapper().createObjectNode();
    question.put("query", query.query()).put("type", "auto").put("numResults", query.results());
    query.category().ifPresent(value -> question.put("category", value));
    query.start().ifPresent(value -> question.put("startPublishedDate", value));
    query.end().ifPresent(value -> question.put("endPublishedDate", value));
    query.location().ifPresent(value -> question.put("userLocation", value));
    list(question, "includeDomains", query.includeDomains());
    list(question, "excludeDomains", query.excludeDomains());
    ObjectNode contents = question.putObject("contents");
    contents.put("text", query.includeText());
    contents.put("highlights", true);
    return question;
  }

  private static void list(ObjectNode to, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = to.putArray(name);
      values.forEach(array::add);
    }
  }
}
