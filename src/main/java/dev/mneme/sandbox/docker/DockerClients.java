package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place that makes a docker-java client.
 *
 * <p>The API version is left unset, which makes the engine use its own: there is no number that
 * both an engine of 2021 and one of today accept.
 */
public final class DockerClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration RESPONSE = Duration.ofMinutes(10);
  private static final int CONNECTIONS = 64;

  private DockerClients() {}

  /** A client; it connects with the first command. The caller closes it. */
  public static DockerClient open(EngineAddress engine) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(engine.host().toString())
            .withDockerTlsVerify(false)
            .build();
    DockerHttpClient transport =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(tls(engine))
            .maxConnections(CONNECTIONS)
            .connectionTimeout(CONNECT)
            .responseTimeout(RESPONSE)
            .build();
    return DockerClientImpl.getInstance(config, transport);
  }

  private static @Nullable SSLConfig tls(EngineAddress engine) {
    Optional<SSLConfig> tls =
        engine.certificates().map(folder -> () -> new EngineTls(folder).context());
    return tls.orElse(null);
  }
}
