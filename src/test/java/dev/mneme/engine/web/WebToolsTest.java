package dev.mneme.engine.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.NetPolicy;
import dev.mneme.secret.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server on this machine that stands for the web. */
class WebToolsTest {
  private final Map<String, String> heard = new ConcurrentHashMap<>();
  private HttpServer web;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    address = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  @Test
  void exaIsAskedWithItsKeyAndAllThatWasWanted() {
    answer(
        "/search",
        200,
        "application/json",
        "{\"results\": [{\"title\": \"T\", \"url\": \"https://a.example/\", \"publishedDate\":"
            + " \"2026-01-02\", \"score\": 0.5, \"highlights\": [\"h\"]}]}");
    WebQuery query =
        new WebQuery(
            "herons",
            3,
            Optional.of("news"),
            true,
            List.of("a.example"),
            List.of(),
            Optional.of("2026-01-01"),
            Optional.empty(),
            Optional.empty());

    JsonNode found = new Exa(address, new SecretText("key-of-exa")).search(query);

    assertThat(found)
        .isEqualTo(
            Json.parse(
                "{\"query\": \"herons\", \"results\": [{\"title\": \"T\", \"url\":"
                    + " \"https://a.example/\", \"published_date\": \"2026-01-02\","
                    + " \"highlights\": [\"h\"]}]}"));
    assertThat(heard).containsEntry("key", "key-of-exa");
    JsonNode asked = Json.parse(heard.get("body"));
    assertThat(asked.path("numResults").asInt()).isEqualTo(3);
    assertThat(asked.path("category").asText()).isEqualTo("news");
    assertThat(asked.path("includeDomains").path(0).asText()).isEqualTo("a.example");
    assertThat(asked.path("startPublishedDate").asText()).isEqualTo("2026-01-01");
    assertThat(asked.path("contents").path("text").asBoolean()).isTrue();
  }

  @Test
  void searXngIsAskedForJsonAndItsAnswersAreNarrowed() {
    answer(
        "/search",
        200,
        "application/json",
        "{\"results\": [{\"title\": \"A\", \"url\": \"https://www.a.example/x\", \"content\":"
            + " \"c\"}, {\"title\": \"B\", \"url\": \"https://b.example/\"}]}");
    JsonNode found = new SearXng(address).search(about("grey herons", List.of("a.example")));

    assertThat(found.path("results")).hasSize(1);
    assertThat(found.path("results").path(0).path("text").asText()).isEqualTo("c");
    assertThat(heard.get("query")).contains("format=json").contains("q=grey+herons");
  }

  @Test
  void aServiceThatRefusesOrTalksNonsenseIsAnErrorWithoutTheKey() {
    answer("/search", 401, "application/json", "{\"error\": \"key-of-exa is wrong\"}");
    Exa exa = new Exa(address, new SecretText("key-of-exa"));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> exa.search(about("x", List.of())))
        .satisfies(e -> assertThat(e.message()).contains("401").doesNotContain("key-of-exa"));

    web.removeContext("/search");
    answer("/search", 200, "text/html", "<html>");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new SearXng(address).search(about("x", List.of())))
        .returns("web_search_failed", MnemeException::code);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> WebSearch.NONE.search(about("x", List.of())))
        .satisfies(e -> assertThat(e.message()).contains("EXA_API_KEY", "web.searxng-url"));
  }

  @Test
  void aPageIsReadAsTextWithItsLinks() {
    answer(
        "/page",
        200,
        "text/html; charset=iso-8859-1",
        "<html><head><title>Birds &amp; more</title><script>var x = '<p>no</p>';</script></head>"
            + "<body><h2>Herons</h2><p>They   stand\n<b>still</b>.</p><ul><li>grey</li>"
            + "<li><a class=\"x\" href='/egret?a=1&amp;b=2'>white</a></li></ul>"
            + "<!-- hidden --><pre>a\n  b</pre>1 < 2 &#8212; caf\u00e9</body>");

    String text = pages().fetch(address + "page");

    assertThat(text)
        .isEqualTo(
            address
                + "page\n\nBirds & more\n\n## Herons\n\nThey stand still.\n\n- grey\n- white ("
                + address
                + "egret?a=1&b=2)\n\na\n  b\n\n1 < 2 — café");
  }

  @Test
  void whatIsNoTextAndWhatIsNotThereIsSaid() {
    answer("/picture", 200, "image/png", "x");
    refused("picture", "page_type");
    refused("nothing", "page_unavailable");
    answer("/big", 200, "text/plain", "x".repeat(5 << 20));
    refused("big", "response_too_large");
    for (String url : List.of("file:///etc/passwd", "ftp://a.example/", "a.example", "http://")) {
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(() -> pages().fetch(url))
          .returns("invalid_url", MnemeException::code);
    }
  }

  @Test
  void noPageLeadsIntoThePrivateNetwork() {
    answer("/page", 200, "text/plain", "internal");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new WebPages(NetPolicy.PUBLIC_ONLY).fetch(address + "page"))
        .returns("host_refused", MnemeException::code);
    assertThat(heard).isEmpty();
  }

  @Test
  void crookedPagesCostNoMoreThanTheirLength() {
    int much = 1 << 18;
    for (String piece :
        List.of(
            "<", "&", "<a '", "<a href=\"x\" ", "</", "<script", "<li>", "<!", "<div>", "<b>")) {
      String page = piece.repeat(much / piece.length());
      assertThat(HtmlText.of(page, address)).hasSizeLessThanOrEqualTo(2 * much);
    }
  }

  private void refused(String path, String code) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> pages().fetch(address + path))
        .returns(code, MnemeException::code);
  }

  private WebPages pages() {
    return new WebPages(NetPolicy.PUBLIC_ONLY.naming(address));
  }

  private static WebQuery about(String query, List<String> domains) {
    return new WebQuery(
        query,
        10,
        Optional.empty(),
        false,
        domains,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void answer(String path, int status, String type, String body) {
    web.createContext(
        path,
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("x-api-key");
          heard.put("key", key == null ? "" : key);
          heard.put("query", String.valueOf(exchange.getRequestURI().getQuery()));
          heard.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] bytes =
              body.getBytes(
                  type.contains("8859") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
