package dev.mneme.api.runs;

import dev.mneme.api.http.Body;
import dev.mneme.api.messages.AnswerForm;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.ConsentReply;
import dev.mneme.engine.SendRequest;
import dev.mneme.message.Conversation;
import java.util.List;

/**
 * A request to send, read from its body.
 *
 * @param pings whether a stream tells that it is alive
 */
record Sending(SendRequest request, AnswerForm form, boolean streams, boolean pings) {

  /** By which route it came. */
  enum Way {
    /** Answered at the end, unless it asks for a stream. */
    ANSWER,
    STREAM,
    /** Answered with the run. */
    BACKGROUND
  }

  static Sending of(Conversation conversation, Body body, Way way, Pictures pictures) {
    boolean streams = way == Way.STREAM || body.flag("streaming").orElse(false);
    boolean pings = body.flag("include_pings").orElse(true);
    boolean background = body.flag("background").orElse(false);
    AnswerForm form = AnswerForm.of(body);
    if (way == Way.ANSWER && !streams) {
      requireStream(body, "stream_tokens", form.tokens());
      requireStream(body, "background", background);
      requireStream(body, "include_pings", !pings);
    }
    if (body.any("client_tools").filter(tools -> !tools.isEmpty()).isPresent()) {
      throw MnemeException.invalid(
          "client_tools_unavailable",
          "Tools that the client runs are not taken here yet; make them tools of the agent.");
    }
    int steps = body.integer("max_steps").orElse(SendRequest.MAX_STEPS);
    if (steps < 1) {
      throw body.wrong("max_steps", "at least 1");
    }
    List<ConsentReply> consents = Consents.of(body);
    SendRequest request =
        new SendRequest(
            conversation,
            consents.isEmpty() ? Inputs.of(body, pictures) : List.of(),
            consents,
            steps,
            form.tokens(),
            background || way == Way.BACKGROUND,
            body.text("override_model"),
            body.text("override_system"),
            body.text("callback_url"),
            form.toKeep());
    return new Sending(request, form, streams, pings);
  }

  private static void requireStream(Body body, String field, boolean asked) {
    if (asked) {
      throw body.wrong(field, "left out where 'streaming' is not true");
    }
  }
}
