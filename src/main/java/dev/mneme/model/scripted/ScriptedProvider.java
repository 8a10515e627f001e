package dev.mneme.model.scripted;

import dev.mneme.common.MnemeException;
import dev.mneme.model.Exchange;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Provider;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts of one folder: {@code scripted/NAME} is {@code NAME.yaml} in it, read again when the
 * file changes. Thread-safe.
 */
public final class ScriptedProvider implements Provider {
  public static final String NAME = "scripted";

  private static final Logger log = LoggerFactory.getLogger(ScriptedProvider.class);
  private static final Pattern NAMES = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final String ENDING = ".yaml";
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LISTED = 1000;
  private static final int CONTEXT_WINDOW = 128_000;
  private static final int MAX_OUTPUT = 16_384;

  private final Path folder;
  private final Map<String, Loaded> scripts = new ConcurrentHashMap<>();

  /**
   * @param folder need not exist
   */
  public ScriptedProvider(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean builtIn() {
    return true;
  }

  @Override
  public List<ModelInfo> list() {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .limit(MAX_LISTED)
          .flatMap(name -> listed(name).stream())
          .toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A script that cannot be used does not hide the others. */
  private Optional<ModelInfo> listed(String name) {
    try {
      return describe(name);
    } catch (MnemeException e) {
      log.warn("The model {}/{} is left out: {}", NAME, name, e.message());
      return Optional.empty();
    }
  }

  @Override
  public Optional<ModelInfo> describe(String model) {
    return script(model)
        .map(script -> {
          int context = script.contextWindow().orElse(CONTEXT_WINDOW);
          return new ModelInfo(
              NAME + '/' + model,
              model,
              NAME,
              NAME,
              Optional.empty(),
              context,
              script.maxOutputTokens().orElse(Math.min(MAX_OUTPUT, context)),
              true,
              script.reasoning(),
              true);
        });
  }

  @Override
  public Exchange open(ModelInfo model) {
    return new ScriptedExchange(
        model.name(),
        () ->
            script(model.name())
                .orElseThrow(() ->
                    MnemeException.notFound(
                        "unknown_model", "The script of " + model.handle() + " was removed.")));
  }

  private Optional<Script> script(String name) {
    if (!NAMES.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = folder.resolve(name + ENDING);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        scripts.remove(name);
        return Optional.empty();
      }
      FileTime changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
      long size = Files.size(file);
      Loaded loaded = scripts.get(name);
      if (loaded == null || !loaded.changed().equals(changed) || loaded.size() != size) {
        byte[] content = PrivateFiles.read(file, MAX_BYTES);
        loaded =
            new Loaded(
                ScriptReader.read(new String(content, StandardCharsets.UTF_8)), changed, size);
        scripts.put(name, loaded);
      }
      return Optional.of(loaded.script());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static MnemeException unreadable(IOException cause) {
    return MnemeException.internal(
        "script_unreadable", "The scripts of models cannot be read.", cause);
  }

  private record Loaded(Script script, FileTime changed, long size) {}
}
