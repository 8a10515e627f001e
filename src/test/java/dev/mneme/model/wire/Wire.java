package dev.mneme.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ModelException;

/** One provider's protocol, seen from its own side. */
interface Wire {
  /**
   * @throws IllegalArgumentException for what the real provider would refuse
   */
  ChatRequest read(JsonNode body);

  /** A listener that writes; nothing is written before the first delta. */
  Writer writer(WireServer.Answer answer, String model);

  String error(int status, String type, String message);

  /** Which error the provider would answer with. */
  static int status(ModelException e) {
    return switch (e.type()) {
      case RATE_LIMIT -> 429;
      case CONTEXT_WINDOW_EXCEEDED, BAD_REQUEST -> 400;
      case AUTHENTICATION -> 401;
      case INSUFFICIENT_CREDITS -> 402;
      case TIMEOUT -> 504;
      default -> 500;
    };
  }

  /** Writes one streamed answer. */
  interface Writer extends ChatListener {
    boolean begun();

    void end(ChatReply reply);
  }
}
