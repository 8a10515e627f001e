package dev.mneme.bench;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Passages about made-up topics, the same for the same seed: words by Zipf's law, mostly those of
 * their topic, and vectors around their topic's.
 */
final class GeneratedPassages {
  static final int DIMENSIONS = 384;
  private static final int TOPICS = 500;
  private static final int WORDS = 20_000;
  private static final int BATCH = 5_000;
  private static final String ARCHIVE = "archive-00000000-0000-4000-8000-000000000001";
  private static final String ADDED = "added later ";

  private final int count;
  private final long seed;
  private final float[][] topics = new float[TOPICS][];
  private final Ids added = new Ids(new Random(99), Clock.systemUTC());

  GeneratedPassages(int count, long seed) {
    this.count = count;
    this.seed = seed;
    Random random = new Random(seed);
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = normalised(noise(random));
    }
  }

  String text(int number) {
    Random random = new Random(seed + number * 31L);
    int topic = random.nextInt(TOPICS);
    int length = 20 + random.nextInt(40);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : " ").append(word(random, topic));
    }
    return text.toString();
  }

  /** A question with some words of one passage's topic. */
  String query(int number) {
    Random random = new Random(seed - 1000 - number);
    int topic = random.nextInt(TOPICS);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(i == 0 ? "" : " ").append(word(random, topic));
    }
    return text.toString();
  }

  float[] vectorOf(String text) {
    Random random = new Random(text.hashCode());
    float[] vector = noise(random);
    float[] topic = topics[Math.floorMod(text.hashCode(), TOPICS)];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = vector[i] * 0.7f + topic[i] * 0.7f;
    }
    return normalised(vector);
  }

  private static String word(Random random, int topic) {
    // Rank by Zipf; every second word is one of the topic's own hundred.
    int rank = (int) Math.min(WORDS - 1, Math.pow(WORDS, random.nextDouble()) - 1);
    return random.nextBoolean() ? spelled(rank) : spelled(WORDS + topic * 100 + rank % 100);
  }

  private static String spelled(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int rest = number + 26; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  private static float[] noise(Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (random.nextGaussian() / Math.sqrt(DIMENSIONS));
    }
    return vector;
  }

  private static float[] normalised(float[] vector) {
    double square = 0;
    for (float x : vector) {
      square += x * x;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  /** Fills an empty store with the passages and their vectors. */
  void fill(Database database) {
    archive(database);
    long present =
        database.maintain(
            h -> h.createQuery("SELECT count(*) FROM passage").mapTo(Long.class).one());
    if (present == count) {
      return;
    }
    Ids ids = new Ids(new Random(seed), Clock.systemUTC());
    for (int from = (int) present; from < count; from += BATCH) {
      List<String> texts = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        texts.add(text(i));
      }
      int first = from;
      database.maintainWrite(h -> {
        passages(h, ids, texts, first);
        vectors(h, texts);
        return true;
      });
    }
  }

  List<String> writeTexts(Database database, List<String> texts) {
    archive(database);
    return database.maintainWrite(h -> passages(h, added, texts, (int) next(h)));
  }

  String writeOne(Database database, int number) {
    return writeTexts(database, List.of(ADDED + text(count + number))).getFirst();
  }

  void removeAdded(Database database) {
    database.maintainWrite(h -> h.execute("DELETE FROM passage WHERE text LIKE ?", ADDED + '%'));
  }

  private static long next(Handle h) {
    return h.createQuery("SELECT coalesce(max(sequence), 0) FROM passage").mapTo(Long.class).one();
  }

  private static void archive(Database database) {
    database.maintainWrite(h ->
        h.execute(
            "INSERT INTO archive VALUES (?, ?, 'bench', '', '{}', '2026-01-01T00:00:00Z',"
                + " '2026-01-01T00:00:00Z', 0) ON CONFLICT DO NOTHING",
            ARCHIVE,
            Owner.DEFAULT.id()));
  }

  private static List<String> passages(Handle h, Ids ids, List<String> texts, int first) {
    List<String> made = new ArrayList<>();
    PreparedBatch batch =
        h.prepareBatch("INSERT INTO passage VALUES (?, ?, ?, ?, ?, '{}', ?, ?, ?)");
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < texts.size(); i++) {
      String time = start.plusSeconds(first + i).toString();
      made.add(ids.next("passage"));
      batch.add(
          made.getLast(),
          Owner.DEFAULT.id(),
          ARCHIVE,
          texts.get(i),
          i % 3 == 0 ? "[\"third\"]" : "[]",
          time,
          time,
          first + i + 1);
    }
    batch.execute();
    return made;
  }

  private void vectors(Handle h, List<String> texts) {
    PreparedBatch batch =
        h.prepareBatch("INSERT INTO passage_vector VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    for (String text : texts) {
      ByteBuffer bytes =
          ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vectorOf(text));
      batch.add(Owner.DEFAULT.id(), GeneratedVectors.MODEL, hash(text), DIMENSIONS, bytes.array());
    }
    batch.execute();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
