package dev.mneme.mcp.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** Ends another session in the adapter, which knows no other way than a client's DELETE. */
final class EndRequest extends HttpServletRequestWrapper {
  private final String session;

  EndRequest(HttpServletRequest request, String session) {
    super(request);
    this.session = session;
  }

  @Override
  public String getMethod() {
    return "DELETE";
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("Mcp-Session-Id") ? session : super.getHeader(name);
  }
}
