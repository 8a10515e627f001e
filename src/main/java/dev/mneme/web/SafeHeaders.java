package dev.mneme.web;

import jakarta.servlet.http.HttpServletResponse;

/** The headers every answer carries, so that a browser neither embeds, guesses nor leaks it. */
final class SafeHeaders {
  private SafeHeaders() {}

  static void set(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Referrer-Policy", "no-referrer");
  }

  static void allowOrigin(HttpServletResponse response, String origin) {
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Vary", "Origin");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Last-Event-ID, Mcp-Protocol-Version, Mcp-Session-Id");
    response.setHeader("Access-Control-Expose-Headers", "Mcp-Session-Id");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  }
}
