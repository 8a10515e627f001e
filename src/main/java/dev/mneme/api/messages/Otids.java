package dev.mneme.api.messages;

import java.util.UUID;

/** The ids of the several messages that one stored message is shown as. */
final class Otids {
  private static final int MOST = 0x7F;
  private static final String PREFIX = "message-";

  private Otids() {}

  /** The message's uuid, its last seven bits being the number. */
  static String of(String messageId, int number) {
    UUID id = UUID.fromString(messageId.substring(PREFIX.length()));
    long low = (id.getLeastSignificantBits() & ~MOST) | (number & MOST);
    return new UUID(id.getMostSignificantBits(), low).toString();
  }
}
