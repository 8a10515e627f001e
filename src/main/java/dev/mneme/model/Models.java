package dev.mneme.model;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The language models there are. Thread-safe; waits on networks, so call it on virtual threads. */
public final class Models {
  private static final int SHOWN = 20;

  private final List<ModelList> lists;
  private final ModelSettings settings;
  private final RandomGenerator random;
  private final TokenCounts tokens = new TokenCounts();

  /**
   * @param providers those that are configured
   * @param random thread-safe; spreads retries
   */
  public Models(List<Provider> providers, ModelSettings settings, RandomGenerator random) {
    this.lists = providers.stream().map(ModelList::new).toList();
    this.settings = settings;
    this.random = random;
  }

  /** What the configured providers offer; one that does not answer in time is left out. */
  public List<ModelInfo> list() {
    // All ask at the same time; then each is waited for.
    lists.forEach(ModelList::refresh);
    return lists.stream()
        .flatMap(list -> list.all().stream())
        .map(this::overridden)
        .sorted(Comparator.comparing(ModelInfo::handle))
        .toList();
  }

  /** The model that agents get where none is named. */
  public Optional<ModelInfo> byDefault() {
    return settings.byDefault().map(this::info);
  }

  /**
   * @throws MnemeException {@code unknown_model} with the handles there are, or {@code no_model}
   *     with the ways to get one when no provider is configured at all
   */
  public ModelInfo info(String handle) {
    return overridden(found(handle).info());
  }

  /** As {@link #info}, to talk to; retries are inside. */
  public ChatModel open(String handle) {
    Found found = found(handle);
    ModelInfo info = overridden(found.info());
    return new RetryingModel(
        info, found.list().provider().open(info), settings.retry(), random, tokens);
  }

  /**
   * How many tokens a text takes for a model: exact where its tokenizer is known, else estimated.
   */
  public int tokens(ModelInfo model, String text) {
    return tokens.count(model, text);
  }

  private Found found(String handle) {
    int slash = handle.indexOf('/');
    String name = slash < 0 ? "" : handle.substring(0, slash);
    for (ModelList list : lists) {
      if (list.provider().name().equals(name)) {
        String model = handle.substring(slash + 1);
        boolean declared = settings.overrides().stream().anyMatch(o -> o.concerns(handle));
        return list.find(model, declared)
            .map(info -> new Found(list, info))
            .orElseThrow(() -> unknown(handle));
      }
    }
    throw unknown(handle);
  }

  private ModelInfo overridden(ModelInfo info) {
    ModelInfo result = info;
    for (ModelOverride override : settings.overrides()) {
      if (override.concerns(info.handle())) {
        result = override.over(result);
      }
    }
    return result;
  }

  private MnemeException unknown(String handle) {
    List<String> there = list().stream().map(ModelInfo::handle).toList();
    if (there.isEmpty() && lists.stream().allMatch(list -> list.provider().builtIn())) {
      return MnemeException.invalid(
          "no_model",
          "There is no language model. Set a provider's key (OPENAI_API_KEY, ANTHROPIC_API_KEY,"
              + " GEMINI_API_KEY); or start a local model and set OPENAI_BASE_URL or"
              + " OLLAMA_BASE_URL to its address; or connect your assistant over MCP and let its"
              + " own model run turns with turn_open and turn_commit.");
    }
    String shown = Texts.shorten(handle, 100);
    String listed =
        there.isEmpty()
            ? "none of the configured providers lists its models"
            : there.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (there.size() > SHOWN ? " and " + (there.size() - SHOWN) + " more" : "");
    return MnemeException.notFound(
        "unknown_model", "There is no model " + shown + ". Models: " + listed + '.');
  }

  private record Found(ModelList list, ModelInfo info) {}
}
