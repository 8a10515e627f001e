package dev.mneme.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.model.LocalEmbedder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small set made by hand, with the real model: what the fusion and its weights have to hold. */
class RelevanceTest {
  private static final Map<String, String> PASSAGES =
      Map.ofEntries(
          Map.entry("coffee", "Marta drinks two espressos every morning and never takes milk."),
          Map.entry("tea", "In the evening she has a cup of peppermint tea."),
          Map.entry("dog", "Their labrador Bruno is afraid of thunderstorms."),
          Map.entry("cat", "The neighbour's kitten sleeps on the radiator."),
          Map.entry(
              "deploy", "Releases go out on Tuesdays; the pipeline is started with make ship."),
          Map.entry(
              "rollback", "If a release misbehaves, revert to the previous image tag at once."),
          Map.entry(
              "database", "Orders live in PostgreSQL 16; the reporting replica lags by a minute."),
          Map.entry("error", "Error ERR_4711 means that the licence file is missing."),
          Map.entry(
              "function", "parseInvoice_v2 throws IllegalStateException on empty line items."),
          Map.entry("birthday", "Her sister's birthday is the third of October."),
          Map.entry("allergy", "Jonas gets a rash from peanuts and carries an adrenaline pen."),
          Map.entry("doctor", "The dentist appointment was moved to Friday at nine."),
          Map.entry("flight", "The plane to Lisbon leaves Frankfurt at 6:40 from gate B12."),
          Map.entry("hotel", "They booked a room near the Alfama with a view over the river."),
          Map.entry("salary", "Her monthly pay rose to 5,200 euros in March."),
          Map.entry("rent", "The landlord wants the money for the flat on the first of the month."),
          Map.entry("car", "The Volvo needs new winter tyres before November."),
          Map.entry("bike", "He cycles to the office unless it snows."),
          Map.entry("style", "Write Python with type hints and keep functions under thirty lines."),
          Map.entry("tests", "Every bug gets a regression test before it is fixed."),
          Map.entry("meeting", "The weekly planning call with Ana happens on Mondays at ten."),
          Map.entry("music", "He practises the cello for an hour each day."),
          Map.entry("book", "She is halfway through a novel about lighthouse keepers."),
          Map.entry("garden", "Tomatoes failed this summer, but the courgettes were plentiful."));

  private static final Map<String, String> QUESTIONS =
      Map.ofEntries(
          Map.entry("what does Marta like to drink after waking up", "coffee"),
          Map.entry("which pet is scared of storms", "dog"),
          Map.entry("how do we ship to production", "deploy"),
          Map.entry("undo a bad deployment", "rollback"),
          Map.entry("ERR_4711", "error"),
          Map.entry("parse invoice exception", "function"),
          Map.entry("food that makes Jonas ill", "allergy"),
          Map.entry("teeth checkup", "doctor"),
          Map.entry("departure time to Portugal", "flight"),
          Map.entry("where will they stay overnight", "hotel"),
          Map.entry("how much does she earn", "salary"),
          Map.entry("when is the apartment payment due", "rent"),
          Map.entry("vehicle maintenance before the cold season", "car"),
          Map.entry("coding conventions", "style"),
          Map.entry("which instrument does he play", "music"),
          Map.entry("vegetables harvest", "garden"),
          Map.entry("PostgreSQL replica", "database"),
          Map.entry("Mondays planning", "meeting"));

  @TempDir Path data;

  @Test
  void wordsAndMeaningTogetherBeatWordsAloneAndLoseNothingAgainstMeaning() {
    try (LocalEmbedder model = new LocalEmbedder(2, data.resolve("cache"))) {
      double words = quality(model, 1, 0, "words");
      double meaning = quality(model, 0, 1, "meaning");
      double both = quality(model, 0.6, 0.4, "both");
      assertThat(both).isGreaterThan(words + 0.2).isGreaterThanOrEqualTo(meaning - 0.02);
      assertThat(both).isGreaterThan(0.85);
    }
  }

  /** The mean of 1 / rank of the right answer. */
  private double quality(LocalEmbedder model, double lexical, double vector, String name) {
    SearchSettings settings =
        new SearchSettings(lexical, vector, Duration.ofSeconds(60), Duration.ofHours(1));
    Path folder = data.resolve(name);
    if (!folder.toFile().mkdir()) {
      throw new IllegalStateException("no folder " + folder);
    }
    try (SearchFixture f = new SearchFixture(folder, Optional.of(model), settings)) {
      Map<String, String> ids = new HashMap<>();
      PASSAGES.forEach((key, text) -> ids.put(key, f.write(text)));
      assertThat(f.index.awaitSettled(Duration.ofSeconds(60))).isTrue();
      double sum = 0;
      for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
        List<PassageHit> hits = f.hits(Owner.DEFAULT, SearchFixture.query(question.getKey()));
        int rank =
            hits.stream().map(PassageHit::passageId).toList().indexOf(ids.get(question.getValue()));
        sum += rank < 0 ? 0 : 1.0 / (rank + 1);
      }
      return sum / QUESTIONS.size();
    }
  }
}
