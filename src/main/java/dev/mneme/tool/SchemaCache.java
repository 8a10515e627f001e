package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas by the hash of their source: those shipped beside the library, then those derived
 * earlier.
 *
 * <p>Used by one thread. A cache that cannot be read or written only costs time: it is logged and
 * the schema is derived again.
 */
final class SchemaCache {
  private static final Logger log = LoggerFactory.getLogger(SchemaCache.class);
  private static final int MAX_FILES = 1_000;
  private static final long MAX_BYTES = 4_000_000;

  private final Path folder;
  private final Map<String, JsonNode> shipped = new HashMap<>();

  /**
   * @param shippedFile the schemas made at packaging; need not exist
   * @param folder of Mneme's own, made when it is first needed
   */
  SchemaCache(Path shippedFile, Path folder) {
    this.folder = folder;
    read(shippedFile)
        .filter(SchemaCache::isCurrent)
        .ifPresent(
            json -> json.path("schemas").forEach(e -> shipped.put(e.path("sha256").asText(), e)));
  }

  /**
   * What is kept of a text.
   *
   * @param header its script block as JSON, where it has one
   */
  record Known(ToolSchema schema, Optional<JsonNode> header) {}

  Optional<Known> find(String file, ToolCode code) {
    return Optional.ofNullable(shipped.get(code.sha256()))
        .or(() -> read(path(code)).filter(SchemaCache::isCurrent))
        .filter(entry -> entry.path("file").asText().equals(file))
        .flatMap(SchemaCache::known);
  }

  void keep(String file, ToolCode code, Known known) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        protect(folder, "rwx------");
      }
      removeOldest();
      Path part = Files.createTempFile(folder, "schema", ".part");
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("rules", BackendSchemaReader.rules());
      json.setAll(entry(file, code, known));
      Files.writeString(part, Json.write(json));
      Files.move(part, path(code), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("The schema of {} could not be cached: {}", file, e.toString());
    }
  }

  /** The text of the file that is shipped beside a library. */
  static String shippedText(List<ObjectNode> entries) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rules", BackendSchemaReader.rules());
    json.putArray("schemas").addAll(entries);
    return json.toPrettyString() + "\n";
  }

  static ObjectNode entry(String file, ToolCode code, Known known) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("file", file);
    json.put("sha256", code.sha256());
    json.set("schema", SchemaJson.write(known.schema()));
    known.header().ifPresent(header -> json.set("header", header));
    return json;
  }

  private static boolean isCurrent(JsonNode json) {
    return json.path("rules").asText().equals(BackendSchemaReader.rules());
  }

  private static Optional<Known> known(JsonNode entry) {
    try {
      return Optional.of(
          new Known(
              SchemaJson.read(entry.path("schema")), Optional.ofNullable(entry.get("header"))));
    } catch (MnemeException e) {
      return Optional.empty();
    }
  }

  private Path path(ToolCode code) {
    return folder.resolve(code.sha256() + ".json");
  }

  private static Optional<JsonNode> read(Path file) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      return Optional.of(Json.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
    } catch (IOException | MnemeException e) {
      log.warn("{} could not be read and is ignored: {}", file.getFileName(), e.toString());
      return Optional.empty();
    }
  }

  private void removeOldest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      if (all.size() < MAX_FILES) {
        return;
      }
      List<Path> oldest =
          all.stream()
              .sorted(Comparator.comparingLong(SchemaCache::modified))
              .limit(all.size() - MAX_FILES / 2)
              .toList();
      for (Path file : oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void protect(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
