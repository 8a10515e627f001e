package dev.mneme.web.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was answered lately, by the hash of the token; of each kind the newest few thousand, so that
 * made-up tokens do not push out good ones. Thread-safe.
 */
final class Verdicts {
  /** So long a token that was taken back may still be good. */
  static final Duration KEPT = Duration.ofSeconds(30);

  private static final int MOST = 5_000;

  private record Answer(Verdict verdict, Instant until) {}

  private final InstantSource clock;
  private final Map<String, Answer> good = bounded();
  private final Map<String, Answer> bad = bounded();

  Verdicts(InstantSource clock) {
    this.clock = clock;
  }

  synchronized Optional<Verdict> find(String hash) {
    Answer entry = good.getOrDefault(hash, bad.get(hash));
    if (entry == null || !clock.instant().isBefore(entry.until())) {
      good.remove(hash);
      bad.remove(hash);
      return Optional.empty();
    }
    return Optional.of(entry.verdict());
  }

  /** One that says nothing of the token is not kept. */
  synchronized void keep(String hash, Verdict verdict) {
    Instant until = clock.instant().plus(KEPT);
    switch (verdict) {
      case Verdict.Good(var claims) -> {
        Instant end = claims.getExpirationTime().toInstant();
        good.put(hash, new Answer(verdict, end.isBefore(until) ? end : until));
      }
      case Verdict.Bad _ -> bad.put(hash, new Answer(verdict, until));
      case Verdict.Silent _ -> {}
    }
  }

  private static Map<String, Answer> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
        return size() > MOST;
      }
    };
  }
}
