package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.net.URI;
import java.util.Optional;

/**
 * Search over passages.
 *
 * @param embeddings where vectors come from
 * @param lexicalWeight share of the full-text score in a result's score
 * @param vectorWeight share of the vector score
 * @param baseUrl an OpenAI-compatible endpoint, for {@link Embeddings#PROVIDER}
 * @param model the model asked for there
 * @param dimensions of its vectors
 * @param apiKey the key for {@code baseUrl}; the keys of [models] are never sent there
 */
public record SearchConfig(
    Embeddings embeddings,
    double lexicalWeight,
    double vectorWeight,
    Optional<URI> baseUrl,
    Optional<String> model,
    int dimensions,
    Optional<SecretText> apiKey) {

  /** The model inside Mneme, none (text search only), or an endpoint. */
  public enum Embeddings {
    ON,
    OFF,
    PROVIDER
  }

  static SearchConfig read(ConfigReader in) {
    SearchConfig search =
        new SearchConfig(
            in.choice("search.embeddings", Embeddings.ON),
            in.decimal("search.lexical-weight", 0.6, 0, 1),
            in.decimal("search.vector-weight", 0.4, 0, 1),
            in.url("search.base-url"),
            in.text("search.model"),
            in.integer("search.dimensions", 384, 1, 1024),
            in.secret("search.api-key"));
    if (search.embeddings == Embeddings.PROVIDER) {
      in.require(search.baseUrl.isPresent(), "search.base-url", "search.embeddings = \"provider\"");
      in.require(search.model.isPresent(), "search.model", "search.embeddings = \"provider\"");
    }
    in.check(
        search.lexicalWeight + search.vectorWeight > 0,
        "search.lexical-weight and search.vector-weight are both 0; one must be more.");
    return search;
  }
}
