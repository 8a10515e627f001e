package dev.mneme.mcp.client.wire;

import dev.mneme.mcp.client.wire.Access.Pass;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.Credential;
import dev.mneme.net.Exchange;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends requests to one server with what opens it. Thread-safe; callers wait. */
public final class HttpDoor {
  private static final int RENEWALS = 2;

  private final URI url;
  private final List<Credential> headers;
  private final OutboundClient http;
  private final Access access;

  /**
   * @param headers sent with each request, to this server alone
   */
  public HttpDoor(URI url, Map<String, String> headers, OutboundClient http, Access access) {
    this.url = url;
    this.headers =
        headers.entrySet().stream()
            .map(header -> new Credential(header.getKey(), header.getValue(), url))
            .toList();
    this.http = http;
    this.access = access;
  }

  /** Where it is. */
  URI url() {
    return url;
  }

  /**
   * One request to it.
   *
   * @param to at the same server
   * @param left how much longer somebody waits for it
   * @param longest bytes of the answer
   */
  record Knock(
      String method,
      URI to,
      Map<String, String> plain,
      Optional<OutboundBody> body,
      Supplier<Duration> left,
      long longest) {}

  /** Sends once. */
  OutboundResponse send(Knock knock, Exchange exchange) throws CallFailed {
    return http.send(request(knock, access.pass(knock.method(), knock.to())), exchange);
  }

  /**
   * Sends, with a better token where the first was refused; a server that is never content ends.
   */
  OutboundResponse admitted(Knock knock, Exchange exchange) throws CallFailed {
    for (int renewals = 0; ; renewals++) {
      Optional<Pass> pass = access.pass(knock.method(), knock.to());
      OutboundRequest request = request(knock, pass);
      OutboundResponse answer = http.send(request, exchange);
      boolean refused = answer.status() == 401 || answer.status() == 403;
      Optional<String> nonce = answer.header("dpop-nonce").filter(HttpDoor::isWord);
      if (!refused || renewals == RENEWALS) {
        nonce.ifPresent(access::hear);
        return answer;
      }
      List<String> challenges = answer.headers().getOrDefault("www-authenticate", List.of());
      boolean again;
      try {
        again =
            access.renewed(
                new Access.Refusal(answer.status(), pass.map(Pass::token), challenges, nonce));
      } catch (CallFailed | RuntimeException e) {
        answer.close();
        throw e;
      }
      if (!again) {
        return answer;
      }
      answer.close();
    }
  }

  /**
   * An address that the server named, where that is the same server: what opens this one goes
   * nowhere else.
   */
  URI within(String named) throws CallFailed {
    try {
      URI place = url.resolve(named.strip());
      boolean same =
          url.getScheme().equals(place.getScheme())
              && url.getRawAuthority().equals(place.getRawAuthority());
      if (same) {
        return place;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw new CallFailed(Reason.BROKEN, "the server names an address that is not its own");
  }

  /** What may stand in a header. */
  static boolean isWord(String text) {
    return text.matches("[\\x21-\\x7e]{1,1024}");
  }

  private OutboundRequest request(Knock knock, Optional<Pass> pass) throws CallFailed {
    Duration time = knock.left().get();
    if (!time.isPositive()) {
      throw new CallFailed(Reason.TIMEOUT, "there was no time left to ask");
    }
    OutboundRequest request =
        new OutboundRequest(
            knock.method(),
            knock.to(),
            knock.plain(),
            headers,
            knock.body(),
            time,
            time,
            knock.longest());
    Map<String, String> opening = pass.map(Pass::headers).orElse(Map.of());
    for (Map.Entry<String, String> header : opening.entrySet()) {
      request = request.with(new Credential(header.getKey(), header.getValue(), url));
    }
    return request;
  }
}
