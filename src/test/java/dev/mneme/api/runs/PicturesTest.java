package dev.mneme.api.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.MnemeException;
import dev.mneme.model.Content;
import dev.mneme.net.NetPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

  private final Map<String, byte[]> files = new HashMap<>();
  private HttpServer host;
  private Pictures pictures;

  @BeforeEach
  void serve() throws IOException {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().add("content-type", "text/html");
          exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
          if (file != null) {
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    host.start();
    pictures = new Pictures(NetPolicy.PUBLIC_ONLY.naming(URI.create(url("/"))));
  }

  @AfterEach
  void end() {
    host.stop(0);
  }

  @Test
  void aPictureIsFetchedAndIsWhatItsBytesSay() {
    files.put("/a", PNG);

    assertThat(pictures.fetch(url("/a"))).isEqualTo(png());
  }

  @Test
  void aDataUrlNeedsNoHost() {
    String url = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(PNG);

    assertThat(pictures.fetch(url)).isEqualTo(png());
  }

  @Test
  void whatIsNoPictureIsRefused() {
    files.put("/page", "<html>secret</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    files.put("/empty", new byte[0]);
    files.put("/large", new byte[Pictures.MAX_BYTES + 1]);

    assertRefused(url("/page"), "image_type_unknown");
    assertRefused(url("/empty"), "image_type_unknown");
    assertRefused(url("/large"), "response_too_large");
    assertRefused(url("/none"), "image_unavailable");
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, invalid_url",
    "no url at all, invalid_url",
    "data:image/png;base64, invalid_url",
    "data:image/png;base64;base64x, invalid_url",
    "http://127.0.0.1:1/x.png, host_refused",
    "http://169.254.169.254/latest, host_refused",
    "http://[::1]/x.png, host_refused",
  })
  void addressesThatLeadNowhereGoodAreRefused(String url, String code) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new Pictures(NetPolicy.PUBLIC_ONLY).fetch(url))
        .returns(code, MnemeException::code);
  }

  private void assertRefused(String url, String code) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> pictures.fetch(url))
        .returns(code, MnemeException::code);
  }

  private static Content.Image png() {
    return new Content.Image("image/png", Base64.getEncoder().encodeToString(PNG));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + host.getAddress().getPort() + path;
  }
}
