package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.text.TextRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A labelled piece of memory that stands in the prompt of every agent it is attached to.
 *
 * @param id {@code block-<uuid4>}
 * @param label unique for an agent; see {@link Labels}
 * @param limit how many characters (Unicode code points) the value may have
 * @param readOnly whether agents may not edit it; operators still may
 * @param sequence the journal sequence of its last change
 */
public record Block(
    String id,
    String label,
    String value,
    String description,
    int limit,
    boolean readOnly,
    Map<String, Object> metadata,
    List<String> tags,
    Instant createdAt,
    Instant updatedAt,
    long sequence) {
  public static final String KIND = "block";
  public static final int DEFAULT_LIMIT = 100_000;
  public static final int MAX_LIMIT = 1_000_000;

  public Block {
    Labels.require(label);
    Fields.description(description);
    tags = Fields.tags(tags);
    metadata = Fields.metadata(metadata);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw MnemeException.invalid(
          "invalid_limit", "A block's limit lies between 1 and " + MAX_LIMIT + " characters.");
    }
    TextRules.storable("value", value);
    int length = TextRules.length(value);
    if (length > limit) {
      throw MnemeException.limit(
              "block_limit",
              "The value of block '"
                  + label
                  + "' would have "
                  + length
                  + " characters; its limit is "
                  + limit
                  + ". Make the value shorter by "
                  + (length - limit)
                  + " characters: condense or remove what is outdated, or move details to archival"
                  + " memory. An operator may raise the limit up to "
                  + MAX_LIMIT
                  + ".")
          .withDetails(Map.of("length", length, "limit", limit));
    }
  }

  /** The length of the value in characters. */
  public int length() {
    return TextRules.length(value);
  }

  Block withValue(String text) {
    return new Block(
        id,
        label,
        text,
        description,
        limit,
        readOnly,
        metadata,
        tags,
        createdAt,
        updatedAt,
        sequence);
  }

  Block withLabel(String text) {
    return new Block(
        id,
        text,
        value,
        description,
        limit,
        readOnly,
        metadata,
        tags,
        createdAt,
        updatedAt,
        sequence);
  }

  Block withDescription(String text) {
    return new Block(
        id, label, value, text, limit, readOnly, metadata, tags, createdAt, updatedAt, sequence);
  }

  /** As the change of this stamp left it. */
  Block at(Stamp stamp) {
    return new Block(
        id,
        label,
        value,
        description,
        limit,
        readOnly,
        metadata,
        tags,
        createdAt,
        stamp.at(),
        stamp.sequence());
  }
}
