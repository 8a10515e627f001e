package dev.mneme.app;

import dev.mneme.model.ModelOverride;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.Provider;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.anthropic.AnthropicProvider;
import dev.mneme.model.http.Endpoint;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.model.openai.Dialect;
import dev.mneme.model.openai.OpenAiProvider;
import dev.mneme.model.scripted.ScriptedProvider;
import dev.mneme.net.Credential;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The language models that the configuration names, and the scripted ones. Nothing is loaded or
 * connected before it is needed.
 */
final class LanguageModels {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");
  private static final URI ANTHROPIC = URI.create("https://api.anthropic.com/v1");
  private static final URI GEMINI =
      URI.create("https://generativelanguage.googleapis.com/v1beta/openai");
  private static final URI OLLAMA = URI.create("http://localhost:11434/v1");

  private final ModelsConfig config;
  private final LazyClient client;
  private final List<Provider> providers = new ArrayList<>();

  private LanguageModels(ModelsConfig config, LazyClient client) {
    this.config = config;
    this.client = client;
  }

  /**
   * @param scripts the folder of scripted models; need not exist
   */
  static Models of(ModelsConfig config, Path scripts, RandomGenerator random, Closing closing) {
    LazyClient client = closing.add(new LazyClient());
    LanguageModels models = new LanguageModels(config, client);
    models.openAi("openai", config.openai(), OPENAI, "/v1", Dialect::at);
    models.anthropic();
    models.openAi("gemini", config.gemini(), GEMINI, "/v1beta/openai", Dialect::at);
    models.openAi("ollama", config.ollama(), OLLAMA, "/v1", _ -> Dialect.ollama());
    models.providers.add(new ScriptedProvider(scripts));
    ModelSettings settings =
        new ModelSettings(
            config.defaultModel(),
            config.limits().stream().map(ModelOverride::parse).toList(),
            RetrySettings.DEFAULT);
    return new Models(models.providers, settings, random);
  }

  private void openAi(
      String name,
      ModelsConfig.Provider provider,
      URI own,
      String path,
      Function<URI, Dialect> dialect) {
    if (provider.configured()) {
      URI base = provider.baseUrl().map(url -> withPath(url, path)).orElse(own);
      Optional<Credential> key = provider.apiKey().map(k -> Credential.bearer(k.reveal(), base));
      providers.add(new OpenAiProvider(at(name, base, key, Map.of()), dialect.apply(base)));
    }
  }

  private void anthropic() {
    ModelsConfig.Provider provider = config.anthropic();
    if (provider.configured()) {
      URI base = provider.baseUrl().map(url -> withPath(url, "/v1")).orElse(ANTHROPIC);
      Optional<Credential> key =
          provider.apiKey().map(SecretText::reveal).map(k -> new Credential("x-api-key", k, base));
      Map<String, String> headers = Map.of("anthropic-version", AnthropicProvider.VERSION);
      providers.add(new AnthropicProvider(at("anthropic", base, key, headers)));
    }
  }

  private EndpointClient at(
      String name, URI base, Optional<Credential> key, Map<String, String> headers) {
    client.name(base);
    return new EndpointClient(new Endpoint(name, base, key, headers, config.silence()), client);
  }

  /** Addresses are written with and without the path where the protocol begins. */
  private static URI withPath(URI url, String path) {
    String given = url.getPath() == null ? "" : url.getPath();
    return given.isEmpty() || given.equals("/") ? url.resolve(path) : url;
  }

  /** The one client for all of them, made when first asked for. */
  private static final class LazyClient
      implements java.util.function.Supplier<OutboundClient>, AutoCloseable {
    private NetPolicy policy = NetPolicy.PUBLIC_ONLY;
    private Optional<OutboundClient> made = Optional.empty();

    /** Allows a host that the operator configured, wherever it is. */
    synchronized void name(URI base) {
      policy = policy.naming(base);
    }

    @Override
    public synchronized OutboundClient get() {
      if (made.isEmpty()) {
        made = Optional.of(new OutboundClient(policy));
      }
      return made.get();
    }

    @Override
    public synchronized void close() {
      made.ifPresent(OutboundClient::close);
    }
  }
}
