package dev.mneme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The browser of the person at this machine comes back to a port of it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BrowserPersonTest {
  @Test
  void whatTheBrowserBringsBackIsTheAnswerAndNothingElseIs() throws Exception {
    try (BrowserPerson person = BrowserPerson.open(0);
        HttpClient browser = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<URI> answer = threads.submit(() -> person.ask(URI.create("https://as.example/a")));
      assertThat(status(browser, person.redirect().resolve("/favicon.ico"))).isEqualTo(404);
      assertThat(status(browser, person.redirect())).isEqualTo(404);
      assertThat(answer.isDone()).isFalse();
      assertThat(status(browser, URI.create(person.redirect() + "?code=c&state=s"))).isEqualTo(200);
      assertThat(answer.get().getRawQuery()).isEqualTo("code=c&state=s");
      assertThat(person.redirect().getHost()).isEqualTo("127.0.0.1");
    }
  }

  private static int status(HttpClient browser, URI address) throws Exception {
    return browser
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
