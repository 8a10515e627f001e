package dev.mneme.search;

import dev.mneme.common.Texts;
import java.time.Instant;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * The documents of the index. A passage or message has one for its words and, once it is embedded,
 * one for its vector: the vector follows later, and a change of the model leaves the words alone.
 */
final class Fields {
  /** Raised with every change of fields or analysis: an index of another format is built anew. */
  static final String FORMAT = "2";

  static final String KIND = "kind";
  static final String ID = "id";
  static final String KEY = "key";
  static final String OWNER = "owner";
  static final String LABEL = "label";
  static final String CREATED = "created";
  static final String TEXT = "text";
  static final String MODEL = "model";
  static final String SEQUENCE = "sequence";

  /** No positions: no query asks for phrases, and they cost a fifth of a rebuild. */
  private static final FieldType WORDS = words();

  private Fields() {}

  private static FieldType words() {
    FieldType type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  static Document words(SearchRow row) {
    Kind kind = row.kind();
    Document document =
        common(row, row.text().isEmpty() ? kind.silent() : kind.words(), kind.wordsKey(row.id()));
    document.add(new NumericDocValuesField(SEQUENCE, row.sequence()));
    if (!row.text().isEmpty()) {
      document.add(new Field(kind.textField(), row.text(), WORDS));
    }
    return document;
  }

  static Document vector(SearchRow row, String model, float[] vector) {
    Kind kind = row.kind();
    Document document = common(row, kind.vectors(), kind.vectorKey(row.id()));
    document.add(new StringField(MODEL, model, Field.Store.NO));
    document.add(
        new KnnFloatVectorField(
            kind.vectorField(model), vector, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** Nanoseconds since 1970, cut off at the ends of a long (1677 and 2262). */
  static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException _) {
      return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static Document common(SearchRow row, Term kind, Term key) {
    Document document = new Document();
    document.add(new StringField(KIND, kind.text(), Field.Store.NO));
    document.add(new StringField(KEY, key.text(), Field.Store.NO));
    document.add(new SortedDocValuesField(ID, new BytesRef(row.id())));
    document.add(new StringField(OWNER, row.owner(), Field.Store.NO));
    document.add(new StringField(row.kind().containerField(), row.container(), Field.Store.NO));
    document.add(new LongField(CREATED, nanos(row.created()), Field.Store.NO));
    for (String label : row.labels()) {
      // A term has a largest length; a longer label is found by its beginning.
      document.add(new StringField(LABEL, labelTerm(label), Field.Store.NO));
    }
    return document;
  }

  static String labelTerm(String label) {
    return Texts.head(label, 8000);
  }
}
