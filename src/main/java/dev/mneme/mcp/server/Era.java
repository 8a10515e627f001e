package dev.mneme.mcp.server;

import dev.mneme.common.Owner;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** An adapter for the revisions of one protocol era. What it gets, the front has checked. */
public interface Era {
  /** The request attribute under which the {@link Call} of a request stands. */
  String CALL = "dev.mneme.mcp.call";

  /** The request attribute under which the agent's id stands, on the address of one agent. */
  String AGENT = "dev.mneme.mcp.agent";

  /** Whose session an {@code initialize} over HTTP opens. */
  ScopedValue<Owner> OWNER = ScopedValue.newInstance();

  /** The agent, by id, that such a session is for alone. */
  ScopedValue<Optional<String>> ALONE = ScopedValue.newInstance();

  /**
   * Serves an HTTP request. For requests but {@code initialize} the body has no params: they are in
   * the call.
   */
  void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException;

  /** Begins a conversation over a stream of messages. */
  Conversation converse(Line line);

  /** Where a conversation sends its messages. */
  interface Line {
    /** Sends one message as JSON; blocks while the client reads slowly. */
    void send(byte[] json);
  }

  /** One client's conversation, from its first message on. */
  interface Conversation extends AutoCloseable {
    /** Connects it to one agent alone, by id; before {@code initialize}. */
    void only(String agent);

    /** The session, once {@code initialize} was answered. */
    Optional<Session> session();

    /** Answers {@code initialize} on the line. */
    void initialize(Message.Request request);

    /** Serves a call on this thread and answers on the line, unless it was cancelled. */
    void serve(Call call);

    /** Takes note of a notification that is not the front's. */
    void accept(Message.Notification notification);

    /** Takes the answer to something that was asked of the client. */
    void answer(Message.Response response);

    @Override
    void close();
  }
}
