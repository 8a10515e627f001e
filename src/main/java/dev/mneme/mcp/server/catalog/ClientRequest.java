package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a call under way wants of its client.
 *
 * @param method one of the constants here
 * @param params of the method; not to be changed
 */
public record ClientRequest(String method, ObjectNode params) {
  public static final String ELICIT = "elicitation/create";
  public static final String SAMPLE = "sampling/createMessage";
  public static final String ROOTS = "roots/list";

  /** The capability a client declares when it can do this. */
  public String capability() {
    return switch (method) {
      case ELICIT -> "elicitation";
      case SAMPLE -> "sampling";
      case ROOTS -> "roots";
      default -> throw new IllegalStateException("clients have no method " + method);
    };
  }
}
