package dev.mneme.search;

import dev.mneme.common.MnemeException;
import java.time.Duration;

/**
 * How search weighs and waits.
 *
 * @param lexicalWeight the share of the words in a hit's score
 * @param vectorWeight the share of the meaning
 * @param patience how long a search waits for the vector of its query before it answers by words
 *     alone: the model may have to be loaded, or an endpoint be slow
 * @param commitEvery how often the index goes to disk; the rest is replayed from the database
 * @param neighbourShare the share of its score that a message lends to those beside it
 */
public record SearchSettings(
    double lexicalWeight,
    double vectorWeight,
    Duration patience,
    Duration commitEvery,
    double neighbourShare) {
  public static final SearchSettings DEFAULT =
      new SearchSettings(0.6, 0.4, Duration.ofSeconds(2), Duration.ofSeconds(5));

  /** As below, with the usual share for neighbours. */
  public SearchSettings(
      double lexicalWeight, double vectorWeight, Duration patience, Duration commitEvery) {
    this(lexicalWeight, vectorWeight, patience, commitEvery, 0.4);
  }

  public SearchSettings {
    boolean usable = lexicalWeight >= 0 && vectorWeight >= 0 && lexicalWeight + vectorWeight > 0;
    if (!usable || !Double.isFinite(lexicalWeight + vectorWeight)) {
      throw MnemeException.invalid(
          "search_weights", "The weights of search are numbers from 0, and not both 0.");
    }
    if (!(neighbourShare >= 0 && neighbourShare <= 1)) {
      throw MnemeException.invalid("search_weights", "The share of neighbours is 0 to 1.");
    }
  }

  SearchSettings weighing(double lexical, double vector) {
    return new SearchSettings(lexical, vector, patience, commitEvery, neighbourShare);
  }
}
