package dev.mneme.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.mneme.net.Credential;
import dev.mneme.net.OutboundClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts LangChain4j's providers on our own client. Not thread-safe; what it builds is. */
final class NetHttpClientBuilder implements HttpClientBuilder {
  private final OutboundClient client;
  private final Optional<Credential> key;
  private @Nullable Duration connectTimeout;
  private Duration readTimeout = Duration.ofSeconds(60);

  NetHttpClientBuilder(OutboundClient client, URI baseUrl, Optional<String> key) {
    this.client = client;
    this.key = key.map(k -> Credential.bearer(k, baseUrl));
  }

  @Override
  public @Nullable Duration connectTimeout() {
    return connectTimeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    // The outbound client has one connect timeout for all; the value is only remembered.
    connectTimeout = timeout;
    return this;
  }

  @Override
  public Duration readTimeout() {
    return readTimeout;
  }

  @Override
  public HttpClientBuilder readTimeout(@Nullable Duration timeout) {
    readTimeout = timeout == null ? readTimeout : timeout;
    return this;
  }

  @Override
  public HttpClient build() {
    return new NetHttpClient(client, key, readTimeout);
  }
}
