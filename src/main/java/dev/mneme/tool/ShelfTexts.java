package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What models are told of {@code search_tools} and {@code call_tool}: short, as it is sent with
 * every request.
 */
public final class ShelfTexts {
  /** How many tools a search shows when it does not say. */
  public static final int USUAL = 5;

  /** How many it shows at most. */
  public static final int MOST = 20;

  public static final String QUERY = "Words of names, descriptions or arguments.";
  public static final String LIMIT = "At most so many; " + USUAL + " by default.";

  public static final String CALL =
      "Calls a tool that " + ToolShelf.SEARCH + " found. A wrong call is answered with its schema.";

  private ShelfTexts() {}

  public static String search(ToolShelf shelf) {
    return "Finds tools that are not listed, and shows them as Python signatures, to be called by "
        + ToolShelf.CALL
        + ". There are "
        + shelf.overview()
        + ".";
  }

  public static ObjectNode searchSchema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("query").put("type", "string").put("description", QUERY);
    properties
        .putObject("limit")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", MOST)
        .put("description", LIMIT);
    return schema.put("additionalProperties", false);
  }

  public static ObjectNode callSchema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("name").put("type", "string");
    properties.putObject("arguments").put("type", "object");
    schema.putArray("required").add("name").add("arguments");
    return schema.put("additionalProperties", false);
  }

  /** What a search found. */
  public static String found(ToolShelf shelf, List<ToolCard> found) {
    return found.isEmpty()
        ? "No tool fits these words; try others. There are " + shelf.overview() + "."
        : found.stream().map(ToolCard::signature).collect(Collectors.joining("\n\n"));
  }

  /** Finds by the arguments of {@code search_tools}; limits beyond what is allowed are taken in. */
  public static List<ToolCard> find(ToolShelf shelf, ObjectNode arguments) {
    int limit = arguments.path("limit").asInt(USUAL);
    return shelf.find(arguments.path("query").asText(), Math.clamp(limit, 1, MOST));
  }
}
