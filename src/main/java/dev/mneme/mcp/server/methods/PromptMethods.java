package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpPrompt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prompts, and completions for their arguments and for resource templates. Thread-safe. */
public final class PromptMethods {
  private static final int MAX_COMPLETIONS = 100;

  private final Catalog catalog;

  public PromptMethods(Catalog catalog) {
    this.catalog = catalog;
  }

  public ObjectNode list(ObjectNode params) {
    Params.refuseCursor(params);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode prompts = result.putArray("prompts");
    for (McpPrompt prompt : catalog.prompts()) {
      ObjectNode node = prompts.addObject();
      node.put("name", prompt.name());
      node.put("title", prompt.title());
      node.put("description", prompt.description());
      ArrayNode arguments = node.putArray("arguments");
      for (McpPrompt.Argument argument : prompt.arguments()) {
        arguments
            .addObject()
            .put("name", argument.name())
            .put("title", argument.title())
            .put("description", argument.description())
            .put("required", argument.required());
      }
    }
    return result;
  }

  public ObjectNode get(ObjectNode params, CallContext context) {
    String name = Params.text(params, "name");
    McpPrompt prompt = prompt(name);
    Map<String, String> arguments = strings(Params.object(params, "arguments"));
    for (McpPrompt.Argument argument : prompt.arguments()) {
      if (argument.required() && arguments.getOrDefault(argument.name(), "").isBlank()) {
        throw Params.invalid(
            "The prompt '" + name + "' needs the argument '" + argument.name() + "'.");
      }
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("description", prompt.description());
    ArrayNode messages = result.putArray("messages");
    for (ObjectNode content : prompt.content().of(context, arguments)) {
      messages.addObject().put("role", "user").set("content", content);
    }
    return result;
  }

  public ObjectNode complete(Owner owner, ObjectNode params) {
    checkReference(Params.object(params, "ref"));
    ObjectNode argument = Params.object(params, "argument");
    ObjectNode others = Params.object(Params.object(params, "context"), "arguments");
    List<String> found =
        catalog
            .completer()
            .complete(
                owner,
                Params.text(argument, "name"),
                Params.text(argument, "value"),
                strings(others));
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ObjectNode completion = result.putObject("completion");
    ArrayNode values = completion.putArray("values");
    found.stream().limit(MAX_COMPLETIONS).forEach(values::add);
    completion.put("total", found.size());
    completion.put("hasMore", found.size() > MAX_COMPLETIONS);
    return result;
  }

  private void checkReference(ObjectNode reference) {
    switch (Params.text(reference, "type")) {
      case "ref/prompt" -> prompt(Params.text(reference, "name"));
      case "ref/resource" -> {
        String uri = Params.text(reference, "uri");
        boolean known =
            catalog.resources().templates().stream()
                .anyMatch(template -> template.uriTemplate().equals(uri));
        if (!known) {
          throw Params.invalid("There is no such resource template; list them first.");
        }
      }
      default -> throw Params.invalid("A ref has the type ref/prompt or ref/resource.");
    }
  }

  private McpPrompt prompt(String name) {
    return catalog
        .prompt(name)
        .orElseThrow(() -> Params.invalid("There is no such prompt; prompts/list names all."));
  }

  private static Map<String, String> strings(ObjectNode object) {
    Map<String, String> strings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!entry.getValue().isTextual()) {
        throw Params.invalid("The argument '" + entry.getKey() + "' is a string.");
      }
      strings.put(entry.getKey(), entry.getValue().asText());
    }
    return strings;
  }
}
