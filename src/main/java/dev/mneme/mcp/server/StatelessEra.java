package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An adapter for the era in which each request says all that is needed to serve it. */
public interface StatelessEra {
  /** Serves one request over HTTP on this thread. */
  void serve(Message.Request request, HttpServletRequest http, HttpServletResponse response)
      throws IOException;

  /** Begins to serve requests of one client on a line. */
  Stream stream(Era.Line line);

  /** One client's requests. */
  interface Stream extends AutoCloseable {
    /** Connects it to one agent alone, by id; before the first request. */
    void only(String agent);

    /** Serves a request on this thread and answers on the line, unless it was cancelled. */
    void serve(Message.Request request);

    /** Cancels a request; one that is not under way is no error. */
    void cancel(JsonNode requestId);

    /** Cancels all that is under way. */
    @Override
    void close();
  }
}
