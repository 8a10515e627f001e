package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.engine.prompt.BasePrompts;
import dev.mneme.message.Message;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatModel;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatSettings;
import dev.mneme.model.Content;
import dev.mneme.model.ModelException;
import dev.mneme.model.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums up what leaves a context, by a model; where that fails, by a digest that needs none, so that
 * a turn never fails for want of a summary. Thread-safe.
 */
final class Summariser {
  private static final Logger log = LoggerFactory.getLogger(Summariser.class);
  private static final int ATTEMPTS = 3;
  private static final int CLIP = 50_000;

  private final EngineParts parts;
  private final TokenLedger ledger;

  Summariser(EngineParts parts, TokenLedger ledger) {
    this.parts = parts;
    this.ledger = ledger;
  }

  /**
   * @throws ModelException only when interrupted
   */
  String summary(Session session, List<Message> evicted) {
    ObjectNode set = session.profile.settings().compaction();
    int clip = Math.max(200, set.path("clip_chars").asInt(CLIP));
    String text = asked(session, set, Transcript.of(evicted)).orElseGet(() -> Digest.of(evicted));
    return Texts.shorten(text, clip);
  }

  private Optional<String> asked(Session session, ObjectNode set, String transcript) {
    ChatModel model;
    try {
      model =
          set.path("model").isTextual()
              ? parts.models().open(set.path("model").asText())
              : session.chat;
    } catch (MnemeException e) {
      log.warn("The model for summaries is not there: {}", e.code());
      model = session.chat;
    }
    if (model instanceof LentModel) {
      return Optional.empty();
    }
    String instructions = set.path("prompt").asText(BasePrompts.text("summary"));
    String shown = fitted(model, transcript);
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        String text = text(model.chat(request(instructions, shown), ChatListener.NONE));
        if (!text.isBlank()) {
          return Optional.of(text);
        }
      } catch (ModelException e) {
        if (e.type() == ModelException.Type.CANCELLED) {
          throw e;
        }
        log.warn("A summary could not be made: {}", e.type().code());
        if (e.type() != ModelException.Type.CONTEXT_WINDOW_EXCEEDED) {
          return Optional.empty();
        }
        shown = Transcript.cut(shown, shown.length() / 2);
      }
    }
    return Optional.empty();
  }

  /** Cut to what the summarising model can read besides its instructions. */
  private String fitted(ChatModel model, String transcript) {
    int tokens = ledger.tokens(model.info(), transcript);
    double room = 0.7 * model.info().contextWindow();
    return tokens <= room
        ? transcript
        : Transcript.cut(transcript, (int) (transcript.length() * (room / tokens)));
  }

  private static ChatRequest request(String instructions, String transcript) {
    return new ChatRequest(
        List.of(
            new ChatMessage.Instructions(instructions),
            new ChatMessage.User(List.of(Content.text(transcript)), Optional.empty())),
        List.of(),
        ToolChoice.AUTO,
        ChatSettings.DEFAULT);
  }

  private static String text(ChatReply reply) {
    return reply.content().stream()
        .filter(part -> part instanceof Content.Text)
        .map(part -> ((Content.Text) part).text())
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
