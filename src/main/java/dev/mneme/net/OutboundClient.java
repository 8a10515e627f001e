package dev.mneme.net;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to other hosts, under the rules of {@link NetPolicy}. Thread-safe; callers wait,
 * so they should be virtual threads.
 *
 * <p>Every failure is a {@link MnemeException}: {@code host_refused}, {@code host_unknown}, {@code
 * host_unreachable}, {@code host_untrusted}, {@code request_timeout}, {@code response_too_large},
 * {@code redirect_refused}, {@code invalid_url}, {@code key_refused}. An answer with an error
 * status is an answer, not a failure.
 */
public final class OutboundClient implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1024;
  private static final int MAX_CONNECTIONS_A_HOST = 512;
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final NetPolicy policy;
  private final CloseableHttpClient http;
  private final Alarms alarms = new Alarms();

  public OutboundClient(NetPolicy policy) {
    this(policy, NameLookup.SYSTEM);
  }

  /** A client that asks {@code lookup} where a name leads. */
  public OutboundClient(NetPolicy policy, NameLookup lookup) {
    this.policy = policy;
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(new GuardedResolver(policy, lookup))
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS_A_HOST)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(policy.connectTimeout()))
                            .setTimeToLive(TimeValue.ofMinutes(5))
                            .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                            .build())
                    .build())
            .evictIdleConnections(IDLE)
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableContentCompression()
            .setUserAgent("mneme")
            .build();
  }

  /** Sends, follows redirects and returns the answer as soon as its headers are there. */
  public OutboundResponse send(OutboundRequest request) {
    return send(request, new Exchange());
  }

  /** The same, for who may want to end it from elsewhere. */
  public OutboundResponse send(OutboundRequest request, Exchange exchange) {
    return send(request, exchange, true);
  }

  /** Sends and returns the answer even where it is a redirect, for whoever checks each step. */
  public OutboundResponse sendOnce(OutboundRequest request) {
    return send(request, new Exchange(), false);
  }

  private OutboundResponse send(OutboundRequest request, Exchange exchange, boolean follow) {
    Deadline deadline = new Deadline(alarms, request.timeout(), exchange);
    boolean open = false;
    try {
      OutboundRequest next = request;
      for (int hop = 0; ; hop++) {
        OutboundResponse response = exchange(next, exchange, deadline);
        Optional<OutboundRequest> redirect =
            follow ? Redirects.next(next, response, hop) : Optional.empty();
        if (redirect.isEmpty()) {
          open = true;
          return response;
        }
        response.close();
        next = redirect.get();
      }
    } finally {
      if (!open) {
        deadline.close();
      }
    }
  }

  private OutboundResponse exchange(OutboundRequest request, Exchange exchange, Deadline deadline) {
    HttpUriRequestBase message = message(request);
    exchange.watch(message);
    try {
      // Closed by the response that is returned.
      ClassicHttpResponse answer =
          http.executeOpen(RoutingSupport.determineHost(message), message, null);
      HttpEntity entity = answer.getEntity();
      InputStream raw = entity == null ? InputStream.nullInputStream() : entity.getContent();
      return new OutboundResponse(
          answer.getCode(),
          request.uri(),
          headers(answer),
          new CappedStream(raw, request.maxBytes(), deadline),
          deadline,
          () -> {
            deadline.close();
            // An unread rest is dropped with its connection: reading it could take for ever.
            message.cancel();
            closeQuietly(answer);
          });
    } catch (IOException e) {
      throw NetErrors.translate(request.uri(), deadline.explain(e));
    } catch (HttpException | IllegalStateException e) {
      // The latter where it was cancelled before it got a connection.
      throw NetErrors.translate(request.uri(), new IOException(e));
    }
  }

  private HttpUriRequestBase message(OutboundRequest request) {
    URI uri = request.uri();
    Origin origin = Origin.of(uri);
    HttpUriRequestBase message = new HttpUriRequestBase(request.method(), uri);
    message.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(request.timeout()))
            .setResponseTimeout(silence(request))
            .build());
    request.headers().forEach(message::setHeader);
    for (Credential credential : request.credentials()) {
      if (credential.belongsTo(origin)) {
        if (!origin.secure() && !policy.names(origin.host(), origin.port())) {
          throw MnemeException.denied(
              "key_refused",
              "A key is not sent to "
                  + origin.host()
                  + " without TLS; use an https:// URL, or name the host in the configuration.");
        }
        message.setHeader(credential.header(), credential.value());
      }
    }
    request
        .body()
        .ifPresent(b ->
            message.setEntity(
                new ByteArrayEntity(b.bytes(), ContentType.parseLenient(b.contentType()))));
    return message;
  }

  /**
   * A wait without end costs a virtual thread less; where it is as long as all, that one ends it.
   */
  private static Timeout silence(OutboundRequest request) {
    return request.silence().compareTo(request.timeout()) < 0
        ? Timeout.of(request.silence())
        : Timeout.DISABLED;
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : answer.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.getValue());
    }
    return headers;
  }

  private static void closeQuietly(ClassicHttpResponse answer) {
    try {
      answer.close();
    } catch (IOException _) {
      // The exchange is over either way.
    }
  }

  @Override
  public void close() {
    alarms.close();
    http.close(CloseMode.IMMEDIATE);
  }
}
