package dev.mneme.app;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.mneme.common.MnemeException;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings of one TOML file as dotted keys; empty, and no TOML code loaded, without a file. */
final class ConfigFile {
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  private ConfigFile(Path path) {
    this.path = path;
  }

  static ConfigFile read(Path path) {
    ConfigFile file = new ConfigFile(path);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try {
        file.flatten("", Toml.parse(text(path)));
      } catch (JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        throw invalid(
            path
                + (at == null ? "" : ", line " + at.getLineNr())
                + ": not valid TOML; see https://toml.io. Texts stand in quotes: level ="
                + " \"debug\"");
      } catch (IOException e) {
        throw invalid(path + " cannot be read: " + e.getClass().getSimpleName());
      }
    }
    return file;
  }

  Path path() {
    return path;
  }

  Optional<JsonNode> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Iterable<String> keys() {
    return values.keySet();
  }

  static MnemeException invalid(String message) {
    return MnemeException.invalid("invalid_configuration", message);
  }

  private static String text(Path path) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(PrivateFiles.read(path, MAX_BYTES)))
          .toString();
    } catch (CharacterCodingException _) {
      throw invalid(path + " is not UTF-8 text.");
    }
  }

  private void flatten(String prefix, JsonNode table) {
    table
        .properties()
        .forEach(entry -> {
          String key = prefix + entry.getKey();
          if (entry.getValue().isObject()) {
            flatten(key + '.', entry.getValue());
          } else {
            values.put(key, entry.getValue());
          }
        });
  }

  /** Apart, so that the parser's classes are loaded for a file only. */
  private static final class Toml {
    static JsonNode parse(String text) throws JsonProcessingException {
      return new TomlMapper().readTree(text);
    }
  }
}
