package dev.mneme.model.http;

import dev.mneme.net.OutboundResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a provider asks to be left alone. */
final class RetryAfter {
  private RetryAfter() {}

  static Optional<Duration> of(OutboundResponse response) {
    Optional<Duration> exact = number(response.header("retry-after-ms")).map(Duration::ofMillis);
    return exact
        .or(() ->
            number(response.header("retry-after").map(s -> s + "000")).map(Duration::ofMillis))
        .or(() -> until(response.header("retry-after"), response.header("date")));
  }

  private static Optional<Long> number(Optional<String> text) {
    return text.map(String::strip).filter(t -> t.matches("[0-9]{1,10}")).map(Long::valueOf);
  }

  /** A time by the other side's clock, which need not go like ours. */
  private static Optional<Duration> until(Optional<String> then, Optional<String> now) {
    if (then.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration wait = Duration.between(time(now.get()), time(then.get()));
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime time(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
