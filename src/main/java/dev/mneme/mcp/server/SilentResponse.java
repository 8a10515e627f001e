package dev.mneme.mcp.server;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** Takes what an adapter says about a session that is ended behind the client's back. */
final class SilentResponse extends HttpServletResponseWrapper {
  SilentResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void setStatus(int status) {}

  @Override
  public void sendError(int status) {}

  @Override
  public void sendError(int status, String message) {}
}
