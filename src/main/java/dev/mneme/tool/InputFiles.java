package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The files that go with one call: few, small, each with a name of its own.
 *
 * @param references files of earlier calls, whose contents have to be fetched before code gets them
 */
public record InputFiles(List<InputFile> files, List<FileReference> references) {
  public static final InputFiles NONE = new InputFiles(List.of());

  /** The argument they come in. */
  public static final String ARGUMENT = "files";

  private static final int MAX_FILES = 16;
  private static final int MAX_TOTAL = 6_000_000;
  private static final int MAX_ID = 100;
  private static final String FROM = "from";
  private static final Set<String> FIELDS = Set.of("name", "text", "base64", FROM);

  public InputFiles(List<InputFile> files) {
    this(files, List.of());
  }

  public InputFiles {
    files = List.copyOf(files);
    references = List.copyOf(references);
    int count = files.size() + references.size();
    if (count > MAX_FILES) {
      throw MnemeException.limit(
          "too_many_files", count + " files are more than the limit of " + MAX_FILES + " a call.");
    }
    long total = files.stream().mapToLong(InputFile::bytes).sum();
    if (total > MAX_TOTAL) {
      throw MnemeException.limit(
          "files_too_large",
          "The files have "
              + total
              + " bytes together; the limit for a call is "
              + MAX_TOTAL
              + " bytes.");
    }
    Set<String> names = new HashSet<>();
    for (InputFile file : files) {
      if (!names.add(file.name())) {
        throw MnemeException.invalid(
            "invalid_file_name", "Two files have the name " + file.name() + ".");
      }
    }
    for (InputFile file : files) {
      requireNoFolder(file.name(), names);
    }
  }

  /**
   * Reads a list of {@code {name, text}}, {@code {name, base64}} or {@code {from}}, which may have
   * a name; none where nothing was given.
   *
   * @throws MnemeException {@code invalid_file}, {@code invalid_file_name}, {@code file_too_large},
   *     {@code files_too_large} or {@code too_many_files}
   */
  public static InputFiles read(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return NONE;
    }
    if (!given.isArray()) {
      throw unreadable();
    }
    if (given.size() > MAX_FILES) {
      throw MnemeException.limit(
          "too_many_files",
          given.size() + " files are more than the limit of " + MAX_FILES + " a call.");
    }
    List<InputFile> files = new ArrayList<>();
    List<FileReference> references = new ArrayList<>();
    for (JsonNode file : given) {
      if (file.has(FROM)) {
        references.add(reference(file));
      } else {
        files.add(one(file));
      }
    }
    return new InputFiles(files, references);
  }

  /** The schema of what {@link #read} takes. */
  public static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "array").put("maxItems", MAX_FILES);
    ObjectNode item = schema.putObject("items").put("type", "object");
    ObjectNode fields = item.putObject("properties");
    fields.putObject("name").put("type", "string");
    fields.putObject("text").put("type", "string");
    fields.putObject("base64").put("type", "string");
    fields.putObject(FROM).put("type", "string");
    item.put("additionalProperties", false);
    return schema.put(
        "description",
        "Files to work on, found in /in under their names; each with text, base64, or from: the id"
            + " of a file that an earlier call made.");
  }

  public boolean isEmpty() {
    return files.isEmpty() && references.isEmpty();
  }

  /** With the contents of all; the limits count for them together. */
  public InputFiles completed(Function<FileReference, InputFile> fetch) {
    List<InputFile> all = new ArrayList<>(files);
    references.forEach(reference -> all.add(fetch.apply(reference)));
    return new InputFiles(all);
  }

  /** Names and sizes, for the books. */
  ArrayNode listing() {
    ArrayNode listing = JsonNodeFactory.instance.arrayNode();
    files.forEach(file -> listing.addObject().put("name", file.name()).put("bytes", file.bytes()));
    return listing;
  }

  private static FileReference reference(JsonNode file) {
    JsonNode name = file.path("name");
    String id = file.path(FROM).asText();
    boolean known =
        file.propertyStream()
            .map(Map.Entry::getKey)
            .allMatch(key -> key.equals("name") || key.equals(FROM));
    boolean named = name.isMissingNode() || name.isTextual();
    if (!known || !named || !file.path(FROM).isTextual() || id.length() > MAX_ID) {
      throw unreadable();
    }
    return new FileReference(name.asText(""), id);
  }

  private static InputFile one(JsonNode file) {
    JsonNode name = file.path("name");
    JsonNode text = file.path("text");
    JsonNode base64 = file.path("base64");
    boolean known = file.propertyStream().allMatch(field -> FIELDS.contains(field.getKey()));
    if (!known || !name.isTextual() || text.isTextual() == base64.isTextual()) {
      throw unreadable();
    }
    return text.isTextual()
        ? InputFile.text(name.asText(), text.asText())
        : InputFile.base64(name.asText(), base64.asText());
  }

  private static void requireNoFolder(String name, Set<String> names) {
    for (int at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
      if (names.contains(name.substring(0, at))) {
        throw MnemeException.invalid(
            "invalid_file_name", name.substring(0, at) + " cannot be a file and a folder.");
      }
    }
  }

  private static MnemeException unreadable() {
    return MnemeException.invalid(
        "invalid_file",
        "Files are a list of objects with a name and either text or base64, such as"
            + " [{\"name\": \"data.csv\", \"text\": \"a,b\"}], or with from: the id of a file that"
            + " an earlier call made.");
  }
}
