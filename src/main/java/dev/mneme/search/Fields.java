package dev.mneme.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * The documents of the index. A passage has one for its words and, once it is embedded, one for its
 * vector: the vector follows later, and a change of the model leaves the words alone.
 */
final class Fields {
  /** Raised with every change of fields or analysis: an index of another format is built anew. */
  static final String FORMAT = "1";

  static final String KIND = "kind";
  static final String PASSAGE = "passage";
  static final String VECTOR = "passage-vector";
  static final String ID = "id";
  static final String KEY = "key";
  static final String OWNER = "owner";
  static final String ARCHIVE = "archive";
  static final String TAG = "tag";
  static final String CREATED = "created";
  static final String TEXT = "text";
  static final String MODEL = "model";

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

  static Term passage(String id) {
    return new Term(KEY, "p:" + id);
  }

  static Term vector(String id) {
    return new Term(KEY, "v:" + id);
  }

  static Document passage(PassageRow row) {
    Document document = common(row, PASSAGE, passage(row.id()));
    document.add(new Field(TEXT, row.text(), WORDS));
    return document;
  }

  static Document vector(PassageRow row, String model, float[] vector) {
    Document document = common(row, VECTOR, vector(row.id()));
    document.add(new StringField(MODEL, model, Field.Store.NO));
    document.add(
        new KnnFloatVectorField(vectorField(model), vector, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  /** One field a model: vectors of two models differ in length and meaning. */
  static String vectorField(String model) {
    CRC32 sum = new CRC32();
    sum.update(model.getBytes(StandardCharsets.UTF_8));
    return "vector-" + HexFormat.of().toHexDigits((int) sum.getValue());
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

  private static Document common(PassageRow row, String kind, Term key) {
    Document document = new Document();
    document.add(new StringField(KIND, kind, Field.Store.NO));
    document.add(new StringField(KEY, key.text(), Field.Store.NO));
    document.add(new SortedDocValuesField(ID, new BytesRef(row.id())));
    document.add(new StringField(OWNER, row.owner(), Field.Store.NO));
    document.add(new StringField(ARCHIVE, row.archive(), Field.Store.NO));
    document.add(new LongField(CREATED, nanos(row.created()), Field.Store.NO));
    for (String tag : row.tags()) {
      // A term has a largest length; a longer tag is found by its beginning.
      document.add(new StringField(TAG, tagTerm(tag), Field.Store.NO));
    }
    return document;
  }

  static String tagTerm(String tag) {
    return tag.length() <= 8000 ? tag : tag.substring(0, 8000);
  }
}
