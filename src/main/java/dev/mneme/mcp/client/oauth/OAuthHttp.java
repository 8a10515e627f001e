package dev.mneme.mcp.client.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.Credential;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Talks to authorization servers, by the rules for all requests to the outside. Thread-safe. */
public final class OAuthHttp {
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int LONGEST = 1 << 20;
  private static final Set<String> PROOFS = Set.of("authorization", "dpop");
  private static final String FORM = "application/x-www-form-urlencoded";

  private final OutboundClient http;
  private final NetPolicy policy;

  public OAuthHttp(OutboundClient http, NetPolicy policy) {
    this.http = http;
    this.policy = policy;
  }

  /** A document; nothing where there is none. */
  Optional<ObjectNode> document(URI place) throws CallFailed {
    requireSafe(place);
    OutboundRequest request =
        OutboundRequest.get(place)
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"));
    try (OutboundResponse answer = http.send(request)) {
      return answer.status() == 200 && Json.parse(answer.text()) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (MnemeException e) {
      throw new CallFailed(Reason.CLOSED, place.getHost() + ": " + e.message());
    }
  }

  /** What a server says that it wants of somebody it does not know. */
  Challenge challenge(URI server) throws CallFailed {
    String question = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    OutboundRequest request =
        OutboundRequest.post(server, OutboundBody.json(question))
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json, text/event-stream"));
    try (OutboundResponse answer = http.send(request)) {
      return answer.status() == 401
          ? Challenge.of(answer.headers().getOrDefault("www-authenticate", List.of()))
          : Challenge.NONE;
    } catch (MnemeException e) {
      throw new CallFailed(Reason.UNAUTHORIZED, server.getHost() + ": " + e.message());
    }
  }

  /** Registers; what was answered. */
  ObjectNode register(URI endpoint, String metadata) throws CallFailed {
    requireSafe(endpoint);
    OutboundRequest request =
        OutboundRequest.post(endpoint, OutboundBody.json(metadata))
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"));
    try (OutboundResponse answer = http.sendOnce(request)) {
      if (answer.successful() && Json.parse(answer.text()) instanceof ObjectNode object) {
        return object;
      }
      throw new CallFailed(
          Reason.UNAUTHORIZED,
          endpoint.getHost() + " does not register this client (HTTP " + answer.status() + ")");
    } catch (MnemeException e) {
      throw new CallFailed(Reason.UNAUTHORIZED, endpoint.getHost() + ": " + e.message());
    }
  }

  /** Sends what the library has put together; never follows a redirect with it. */
  HTTPResponse send(HTTPRequest wanted) throws CallFailed {
    URI place = wanted.getURI();
    requireSafe(place);
    byte[] body = Optional.ofNullable(wanted.getBody()).orElse("").getBytes(StandardCharsets.UTF_8);
    OutboundRequest request =
        OutboundRequest.post(place, OutboundBody.of(FORM, body))
            .within(TIME, LONGEST)
            .withHeaders(Map.of("accept", "application/json"));
    for (Map.Entry<String, List<String>> header : wanted.getHeaderMap().entrySet()) {
      if (PROOFS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        request =
            request.with(new Credential(header.getKey(), header.getValue().getFirst(), place));
      }
    }
    try (OutboundResponse answer = http.sendOnce(request)) {
      HTTPResponse response = new HTTPResponse(answer.status());
      Optional<String> type = answer.header("content-type");
      if (type.isPresent()) {
        response.setContentType(type.get());
      }
      Optional<String> nonce = answer.header(Tokens.NONCE).filter(text -> text.length() <= 1_000);
      if (nonce.isPresent()) {
        response.setHeader(Tokens.NONCE, nonce.get());
      }
      response.setBody(answer.text());
      return response;
    } catch (MnemeException e) {
      throw new CallFailed(Reason.CLOSED, place.getHost() + ": " + e.message());
    } catch (ParseException e) {
      throw new CallFailed(Reason.UNAUTHORIZED, place.getHost() + " answered with no known type");
    }
  }

  /** Codes and secrets go over TLS, or to a host the operator named. */
  void requireSafe(URI place) throws CallFailed {
    if (!"https".equals(place.getScheme()) && !policy.isNamed(place)) {
      throw new CallFailed(
          Reason.UNAUTHORIZED,
          "logging in over plain http:// is refused for "
              + place.getHost()
              + "; name the host in mcp.hosts if that is meant");
    }
  }
}
