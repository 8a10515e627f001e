package dev.mneme.mcp.client.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code servers.json}: {@code mcpServers} as most clients write it, or {@code servers} with
 * {@code inputs} as VS Code does. Comments and trailing commas are allowed, as they are there.
 */
public final class ServersFile {
  private static final int MAX_SERVERS = 1_000;
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private ServersFile() {}

  /**
   * The servers of a text, in its order.
   *
   * @param environment the value of a variable
   * @throws MnemeException {@code invalid_servers_file}, where the text as a whole is wrong
   */
  public static List<ServerEntry> read(
      String text, Function<String, Optional<String>> environment) {
    return read(text, environment, _ -> Optional.empty());
  }

  /**
   * The same.
   *
   * @param secrets the value of a secret
   */
  public static List<ServerEntry> read(
      String text,
      Function<String, Optional<String>> environment,
      Function<String, Optional<String>> secrets) {
    JsonNode root = tree(text);
    JsonNode servers = root.has("mcpServers") ? root.get("mcpServers") : root.path("servers");
    if (!servers.isObject()) {
      throw invalid("write {\"mcpServers\": {\"name\": {…}}}.");
    }
    if (servers.size() > MAX_SERVERS) {
      throw invalid("it has more than " + MAX_SERVERS + " servers.");
    }
    Variables variables = new Variables(environment, secrets, inputs(root));
    List<ServerEntry> entries = new ArrayList<>();
    servers
        .properties()
        .forEach(field ->
            EntryReader.read(field.getKey(), field.getValue(), variables).ifPresent(entries::add));
    return List.copyOf(entries);
  }

  private static JsonNode tree(String text) {
    try {
      return LENIENT.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw invalid("line " + line + " is not valid JSON.");
    }
  }

  private static Map<String, Optional<String>> inputs(JsonNode root) {
    Map<String, Optional<String>> inputs = new HashMap<>();
    for (JsonNode input : root.path("inputs")) {
      JsonNode preset = input.path("default");
      inputs.put(
          input.path("id").asText(),
          preset.isTextual() ? Optional.of(preset.asText()) : Optional.empty());
    }
    return inputs;
  }

  private static MnemeException invalid(String what) {
    return MnemeException.invalid("invalid_servers_file", "servers.json cannot be used: " + what);
  }
}
