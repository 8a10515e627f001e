package dev.mneme.mcp.client.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.mcp.client.config.Endpoint.Remote;
import dev.mneme.mcp.client.config.Endpoint.Stdio;
import dev.mneme.mcp.client.wire.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one entry; the first thing that is wrong with it makes it unusable. */
final class EntryReader {
  private final String name;
  private final JsonNode entry;
  private final Variables variables;

  /** Says what. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  private EntryReader(String name, JsonNode entry, Variables variables) {
    this.name = name;
    this.entry = entry;
    this.variables = variables;
  }

  /** The entry; nothing where it is switched off. */
  static Optional<ServerEntry> read(String name, JsonNode entry, Variables variables) {
    if (entry.path("disabled").asBoolean(false)) {
      return Optional.empty();
    }
    EntryReader reader = new EntryReader(name, entry, variables);
    try {
      return Optional.of(new ServerEntry.Usable(reader.spec()));
    } catch (Wrong | Variables.Unset e) {
      return Optional.of(new ServerEntry.Unusable(name, e.getMessage() + "."));
    }
  }

  private ServerSpec spec() throws Wrong, Variables.Unset {
    if (name.isBlank() || name.length() > 100) {
      throw new Wrong("the name of a server has 1 to 100 characters");
    }
    if (!entry.isObject()) {
      throw new Wrong("an entry is an object");
    }
    String pins = entry.path("pins").asText("block");
    if (!pins.equals("block") && !pins.equals("warn")) {
      throw new Wrong("pins must be \"block\" or \"warn\"");
    }
    boolean serve = flag("serve");
    return new ServerSpec(
        name,
        endpoint(),
        limits(),
        hidden(),
        serve || flag("shared"),
        serve,
        flag("trusted"),
        pins.equals("block"),
        protocol(),
        OAuthReader.read(entry.path("oauth"), variables),
        sampling());
  }

  private Optional<SamplingLimits> sampling() throws Wrong {
    JsonNode given = entry.path("sampling");
    if (given.isMissingNode() || given.isBoolean()) {
      return given.asBoolean(false) ? Optional.of(SamplingLimits.DEFAULT) : Optional.empty();
    }
    if (!given.isObject()) {
      throw new Wrong("sampling must be true, false or an object");
    }
    SamplingLimits usual = SamplingLimits.DEFAULT;
    return Optional.of(
        new SamplingLimits(
            given.path("model").isTextual()
                ? Optional.of(given.path("model").asText())
                : Optional.empty(),
            whole(given, "calls", usual.calls(), 100_000),
            whole(given, "tokens", usual.tokens(), 1_000_000_000)));
  }

  private Protocol protocol() throws Wrong {
    String protocol = entry.path("protocol").asText("auto");
    return switch (protocol) {
      case "auto" -> Protocol.AUTO;
      case "2025-11-25" -> Protocol.OLDER;
      case "2026-07-28" -> Protocol.NEWER;
      default -> throw new Wrong("protocol must be auto, 2025-11-25 or 2026-07-28");
    };
  }

  static URI uri(String key, String text) throws Wrong {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Wrong(key + " is not a URL");
    }
  }

  private Endpoint endpoint() throws Wrong, Variables.Unset {
    String type = entry.path("type").asText(entry.has("url") ? "http" : "stdio");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "stdio" -> stdio();
      case "http", "streamable-http", "streamable_http", "streamablehttp" ->
          remote(Remote.Kind.STREAMABLE);
      case "sse" -> remote(Remote.Kind.SSE);
      default -> throw new Wrong("type must be stdio, http or sse, not '" + type + "'");
    };
  }

  private Stdio stdio() throws Wrong, Variables.Unset {
    String command = text("command");
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : entry.path("args")) {
      arguments.add(variables.expand(argument.asText()));
    }
    Optional<String> folder = entry.has("cwd") ? Optional.of(text("cwd")) : Optional.empty();
    return new Stdio(command, arguments, texts("env"), folder);
  }

  private Remote remote(Remote.Kind kind) throws Wrong, Variables.Unset {
    String url = text("url");
    URI uri = uri("url", url);
    if (uri.getHost() == null
        || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
      throw new Wrong("url must begin with http:// or https:// and name a host");
    }
    return new Remote(uri, kind, texts("headers"));
  }

  /** Times are seconds, as in most clients; more than 1000 are milliseconds, as in the others. */
  private ServerLimits limits() throws Wrong {
    ServerLimits usual = ServerLimits.DEFAULT;
    return new ServerLimits(
        time("startTimeout", usual.start()),
        time("timeout", usual.call()),
        whole("concurrency", usual.concurrent(), 1_000),
        whole("maxResult", usual.result(), 10_000_000));
  }

  private Set<String> hidden() {
    Set<String> hidden = new HashSet<>();
    entry.path("disabledTools").forEach(tool -> hidden.add(tool.asText()));
    return hidden;
  }

  private Duration time(String key, Duration usual) throws Wrong {
    JsonNode value = entry.path(key);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isNumber() || value.asDouble() <= 0 || value.asDouble() > 86_400_000) {
      throw new Wrong(key + " must be a number of seconds");
    }
    double given = value.asDouble();
    return Duration.ofMillis(Math.round(given > 1_000 ? given : given * 1_000));
  }

  private int whole(String key, int usual, int most) throws Wrong {
    return whole(entry, key, usual, most);
  }

  private static int whole(JsonNode from, String key, int usual, int most) throws Wrong {
    JsonNode value = from.path(key);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
      throw new Wrong(key + " must be a whole number from 1 to " + most);
    }
    return value.asInt();
  }

  private boolean flag(String key) throws Wrong {
    JsonNode value = entry.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new Wrong(key + " must be true or false");
    }
    return value.asBoolean(false);
  }

  private String text(String key) throws Wrong, Variables.Unset {
    JsonNode value = entry.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new Wrong(key + " is missing");
    }
    return variables.expand(value.asText());
  }

  private Map<String, String> texts(String key) throws Wrong, Variables.Unset {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : entry.path(key).properties()) {
      if (!field.getValue().isValueNode()) {
        throw new Wrong(key + " holds texts only");
      }
      texts.put(field.getKey(), variables.expandSecrets(field.getValue().asText()));
    }
    return texts;
  }
}
