package dev.mneme.app;

import dev.mneme.engine.builtin.WebTools;
import dev.mneme.engine.web.Exa;
import dev.mneme.engine.web.SearXng;
import dev.mneme.engine.web.WebPages;
import dev.mneme.engine.web.WebSearch;
import dev.mneme.net.NetPolicy;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.Optional;

/**
 * Where agents with the tool {@code web_search} search.
 *
 * @param exaApiKey the key for Exa
 * @param exaUrl its address, if not Exa's own
 * @param searxngUrl a SearXNG, which is asked where there is no key for Exa
 */
public record WebConfig(
    Optional<SecretText> exaApiKey, Optional<URI> exaUrl, Optional<URI> searxngUrl) {
  static WebConfig read(ConfigReader in) {
    return new WebConfig(
        in.secret("web.exa-api-key", "EXA_API_KEY"),
        in.url("web.exa-url"),
        in.url("web.searxng-url"));
  }

  WebTools tools() {
    return new WebTools(search(), new WebPages(NetPolicy.PUBLIC_ONLY));
  }

  private WebSearch search() {
    if (exaApiKey.isPresent()) {
      return new Exa(exaUrl.orElse(Exa.ADDRESS), exaApiKey.get());
    }
    return searxngUrl.isPresent() ? new SearXng(searxngUrl.get()) : WebSearch.NONE;
  }
}
