package dev.mneme.search;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.apache.lucene.index.Term;

/**
 * What is found. Each kind has fields of its own, so that what is rare in one is not common for the
 * other's sake, and a search in one never looks at the other.
 */
enum Kind {
  PASSAGE("passage", "archive", "p:", "v:", Fields.TEXT, "vector-"),
  MESSAGE("message", "agent", "m:", "w:", "said", "said-vector-");

  private final String text;
  private final String containerField;
  private final String wordsPrefix;
  private final String vectorPrefix;
  private final String textField;
  private final String vectorFieldPrefix;

  Kind(
      String text,
      String containerField,
      String wordsPrefix,
      String vectorPrefix,
      String textField,
      String vectorFieldPrefix) {
    this.text = text;
    this.containerField = containerField;
    this.wordsPrefix = wordsPrefix;
    this.vectorPrefix = vectorPrefix;
    this.textField = textField;
    this.vectorFieldPrefix = vectorFieldPrefix;
  }

  /** What a document for words says of itself. */
  Term words() {
    return new Term(Fields.KIND, text);
  }

  /** What a document for a vector says of itself. */
  Term vectors() {
    return new Term(Fields.KIND, text + "-vector");
  }

  /** What a document of a row says that is never found; it is there to be counted. */
  Term silent() {
    return new Term(Fields.KIND, text + "-silent");
  }

  String containerField() {
    return containerField;
  }

  /** All documents of an archive or agent. */
  Term container(String id) {
    return new Term(containerField, id);
  }

  Term wordsKey(String id) {
    return new Term(Fields.KEY, wordsPrefix + id);
  }

  Term vectorKey(String id) {
    return new Term(Fields.KEY, vectorPrefix + id);
  }

  String textField() {
    return textField;
  }

  /** One field a model: vectors of two models differ in length and meaning. */
  String vectorField(String model) {
    CRC32 sum = new CRC32();
    sum.update(model.getBytes(StandardCharsets.UTF_8));
    return vectorFieldPrefix + HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Several of them, in a line for a person. */
  String plural() {
    return text + "s";
  }

  /** For what a commit says of this kind. */
  String text() {
    return text;
  }
}
