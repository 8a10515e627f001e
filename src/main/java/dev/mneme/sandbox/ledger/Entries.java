package dev.mneme.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.secret.SecretMask;

/** Makes entries of what is known: secrets masked, long texts cut. */
final class Entries {
  private static final int MAX_ARGUMENTS = 2_000;
  private static final int MAX_MESSAGE = 500;

  /** More than is kept, so that a secret across the cut is seen whole. */
  private static final int MASKED = 70_000;

  private Entries() {}

  static CallEntry of(
      CallDraft call,
      JsonNode arguments,
      SecretMask mask,
      CallEntry.Place place,
      CallEntry.Ending ending,
      CallEntry.Traffic traffic) {
    String given = Json.write(arguments);
    return new CallEntry(
        call.id(),
        call.at(),
        call.caller(),
        call.tool().source(),
        call.tool().name(),
        call.tool().sha256(),
        cut(mask.mask(head(given, MASKED)), MAX_ARGUMENTS),
        given.length(),
        new CallEntry.Ending(
            ending.outcome(),
            ending.reason(),
            cut(mask.mask(head(ending.message(), MASKED)), MAX_MESSAGE)),
        traffic,
        place);
  }

  private static String cut(String text, int limit) {
    return text.length() <= limit ? text : head(text, limit) + "…";
  }

  private static String head(String text, int limit) {
    return Texts.head(text, limit);
  }
}
