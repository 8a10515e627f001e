package dev.mneme.api.mcp;

import dev.mneme.api.http.Body;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.Endpoint.Remote;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what clients send about servers. */
final class McpBodies {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_. -]{0,59}");
  private static final int MAX_TEXTS = 200;
  private static final int MAX_TEXT = 8_000;

  private McpBodies() {}

  static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MnemeException.invalid(
          "invalid_mcp_server",
          "The name of an MCP server has 1 to 60 letters, digits, spaces and _ . -");
    }
    return name;
  }

  /** The newer form says {@code mcp_server_type}, the older one {@code type}. */
  static Endpoint endpoint(Body config) {
    String type =
        config
            .text("mcp_server_type")
            .or(() -> config.text("type"))
            .orElseGet(() -> config.has("command") ? "stdio" : "streamable_http");
    return switch (type) {
      case "stdio" -> stdio(config);
      case "sse" -> remote(config, Remote.Kind.SSE);
      case "streamable_http" -> remote(config, Remote.Kind.STREAMABLE);
      default -> throw config.wrong("mcp_server_type", "stdio, sse or streamable_http");
    };
  }

  private static Endpoint stdio(Body config) {
    String command = config.requireText("command");
    List<String> arguments = config.texts("args").orElse(List.of());
    if (command.isBlank()
        || arguments.size() > MAX_TEXTS
        || arguments.stream()
            .anyMatch(text -> text.length() > MAX_TEXT || text.indexOf('\0') >= 0)) {
      throw MnemeException.invalid(
          "invalid_mcp_server",
          "A command is not empty and has at most " + MAX_TEXTS + " arguments.");
    }
    return new Endpoint.Stdio(command, arguments, texts(config, "env"), Optional.empty());
  }

  private static Endpoint remote(Body config, Remote.Kind kind) {
    URI url = url(config.requireText("server_url"));
    Map<String, String> headers = new LinkedHashMap<>(texts(config, "custom_headers"));
    Optional<String> token = config.text("auth_token").filter(text -> !text.isBlank());
    token.ifPresent(text -> {
      Optional<String> header = config.text("auth_header").filter(name -> !name.isBlank());
      headers.put(
          header.orElse("Authorization"),
          header.isPresent() || text.contains(" ") ? text : "Bearer " + text);
    });
    headers.forEach((name, value) -> {
      if (!name.matches("[A-Za-z0-9-]{1,100}") || value.chars().anyMatch(Character::isISOControl)) {
        throw MnemeException.invalid(
            "invalid_mcp_server", "A header has a name of letters, digits and -, and one line.");
      }
    });
    return new Remote(url, kind, headers);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw MnemeException.invalid(
        "invalid_mcp_server", "server_url must begin with http:// or https:// and name a host.");
  }

  private static Map<String, String> texts(Body config, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    config
        .map(field)
        .orElse(Map.of())
        .forEach((name, value) -> texts.put(name, String.valueOf(value)));
    if (texts.size() > MAX_TEXTS) {
      throw config.wrong(field, "at most " + MAX_TEXTS + " entries");
    }
    return texts;
  }
}
