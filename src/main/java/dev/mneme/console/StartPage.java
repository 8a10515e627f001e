package dev.mneme.console;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.web.Routes;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** {@code GET /}: says that the server runs and how to connect an assistant to it. */
public final class StartPage implements Routes {
  private final String page;
  private final String policy;

  public StartPage(String version) {
    this.page = load().replace("{{version}}", version);
    int from = page.indexOf("<style>") + "<style>".length();
    String style = page.substring(from, page.indexOf("</style>"));
    this.policy =
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.of(style))
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  @Override
  public void addTo(JavalinConfig config) {
    config.routes.get(
        "/",
        context -> {
          // The Host passed the guard's list, so it may stand in the page.
          String host = Objects.requireNonNull(context.host());
          context.header("Content-Security-Policy", policy);
          context.html(page.replace("{{host}}", host));
        });
  }

  private static String load() {
    try (InputStream in =
        Objects.requireNonNull(StartPage.class.getResourceAsStream("start.html"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw MnemeException.internal("start_page", "The start page could not be read.", e);
    }
  }
}
