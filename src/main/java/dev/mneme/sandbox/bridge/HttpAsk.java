package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import dev.mneme.tool.HostPattern;
import dev.mneme.tool.ToolCall;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code http}: a request to a host that the call was granted. A redirect is an answer: the code
 * has to ask for its target, so that the grant is held against every step.
 */
public final class HttpAsk implements Operation {
  private static final long MAX_ANSWER = 1_500_000;
  private static final int MAX_BODY = 1_500_000;
  private static final int MAX_HEADERS = 50;
  private static final int MAX_VALUE = 8_000;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  /** What would change the request into another one. */
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "proxy-authorization",
          "proxy-connection",
          "keep-alive");

  private final Outside outside;

  public HttpAsk(Outside outside) {
    this.outside = outside;
  }

  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    Payload given = new Payload(payload);
    URI uri = uri(given.text("url"));
    List<HostPattern> hosts =
        call.grants().hosts().stream().flatMap(host -> HostPattern.of(host).stream()).toList();
    if (hosts.stream().noneMatch(host -> host.fits(uri))) {
      throw refused(uri, hosts);
    }
    OutboundRequest request = request(given, uri).within(time(given, call), MAX_ANSWER);
    try (OutboundResponse response = outside.reach(hosts).sendOnce(request)) {
      return answer(response);
    }
  }

  private static OutboundRequest request(Payload given, URI uri) {
    Map<String, String> headers = headers(given.node().path("headers"));
    String kind =
        headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("application/octet-stream");
    OutboundRequest request =
        switch (given.text("method")) {
          case "GET" -> OutboundRequest.get(uri);
          case "POST" -> OutboundRequest.post(uri, OutboundBody.of(kind, body(given)));
          default -> throw Payload.wrong("method", "GET or POST");
        };
    Map<String, String> sent = new LinkedHashMap<>(headers);
    sent.keySet().removeIf(name -> name.equalsIgnoreCase("content-type"));
    return request.withHeaders(sent);
  }

  private static byte[] body(Payload given) {
    Optional<String> encoded = given.optional("body_base64");
    byte[] body;
    try {
      body =
          encoded.isPresent()
              ? Base64.getDecoder().decode(encoded.get())
              : given.optional("body").orElse("").getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Payload.wrong("body_base64", "base64");
    }
    if (body.length > MAX_BODY) {
      throw MnemeException.limit(
          "request_too_large", "A request's body has at most " + MAX_BODY + " bytes.");
    }
    return body;
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    node.properties()
        .forEach(entry -> {
          String value = entry.getValue().asText();
          if (!NAME.matcher(entry.getKey()).matches()
              || OURS.contains(entry.getKey().toLowerCase(Locale.ROOT))
              || value.length() > MAX_VALUE
              || value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw MnemeException.invalid(
                "invalid_header", "A header of the request cannot be sent as it is.");
          }
          headers.put(entry.getKey(), value);
        });
    if (headers.size() > MAX_HEADERS) {
      throw MnemeException.limit(
          "too_many_headers", "A request has at most " + MAX_HEADERS + " headers.");
    }
    return headers;
  }

  private static Duration time(Payload given, ToolCall call) {
    Duration most = call.limits().wall().compareTo(LONGEST) < 0 ? call.limits().wall() : LONGEST;
    long asked = (long) (given.number("timeout").orElse(30.0) * 1_000);
    return Duration.ofMillis(Math.clamp(asked, 1, most.toMillis()));
  }

  private static JsonNode answer(OutboundResponse response) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", response.status()).put("url", response.uri().toString());
    ObjectNode headers = answer.putObject("headers");
    response
        .headers()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    byte[] body = response.bytes();
    try {
      answer.put(
          "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException _) {
      answer.put("body_base64", Base64.getEncoder().encodeToString(body));
    }
    return answer;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw MnemeException.invalid("invalid_url", "The URL is none.");
    }
  }

  private static MnemeException refused(URI uri, List<HostPattern> granted) {
    return MnemeException.denied(
        "host_not_granted",
        "The host "
            + String.valueOf(uri.getHost())
            + " is not granted to this tool"
            + (granted.isEmpty() ? "; no host is." : "; granted: " + granted + "."));
  }
}
