package dev.mneme.model.http;

import dev.mneme.model.ChatListener;
import dev.mneme.model.ToolRequest;

/** A tool request that is being written. Used by one thread. */
public final class ToolBuilder {
  private final int index;
  private final ChatListener listener;
  private final StringBuilder arguments = new StringBuilder();
  private String id = "";
  private String name = "";
  private boolean told;

  ToolBuilder(int index, ChatListener listener) {
    this.index = index;
    this.listener = listener;
  }

  public int index() {
    return index;
  }

  public String id() {
    return id;
  }

  /** Names the request; what came before it was kept back. */
  public void begin(String requestId, String toolName) {
    if (told) {
      return;
    }
    id = requestId;
    name = toolName;
    told = true;
    listener.onToolRequest(index, id, name, arguments.toString());
  }

  public void arguments(String delta) {
    if (delta.isEmpty()) {
      return;
    }
    arguments.append(delta);
    if (told) {
      listener.onToolRequest(index, "", "", delta);
    }
  }

  public boolean begun() {
    return told;
  }

  ToolRequest build(boolean repair) {
    String text = arguments.toString();
    return new ToolRequest(id, name, repair ? ToolArguments.repaired(text) : text);
  }
}
