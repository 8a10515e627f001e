package dev.mneme.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The filter before every route and servlet: nothing behind it runs, and no body is looked at,
 * unless {@link GuardRules} agree. Thread-safe.
 */
final class Guard implements Filter {
  private final GuardRules rules;
  private final Callers callers;
  private final int maxBodyBytes;

  Guard(GuardRules rules, Callers callers, int maxBodyBytes) {
    this.rules = rules;
    this.callers = callers;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("not an HTTP request");
    }
    SafeHeaders.set(answer);
    Optional<Refusal> refusal = rules.check(http);
    if (refusal.isPresent()) {
      LeftoverBody.discard(http);
      JsonErrors.write(answer, refusal.get());
      return;
    }
    Optional<String> origin = rules.crossOrigin(http);
    if (origin.isPresent()) {
      SafeHeaders.allowOrigin(answer, origin.get());
      if (http.getMethod().equals("OPTIONS")) {
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return;
      }
    }
    Optional<Refusal> stranger = callers.check(http);
    if (stranger.isPresent()) {
      stranger
          .get()
          .challenge()
          .ifPresent(challenge -> answer.setHeader("WWW-Authenticate", challenge));
      LeftoverBody.discard(http);
      JsonErrors.write(answer, stranger.get());
      return;
    }
    boolean unknownLength = http.getContentLengthLong() < 0;
    chain.doFilter(
        unknownLength && http.getHeader("Transfer-Encoding") != null
            ? new BoundedRequest(http, maxBodyBytes)
            : http,
        answer);
  }
}
