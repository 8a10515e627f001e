package dev.mneme.engine.prompt;

import dev.mneme.common.MnemeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of agents: how each loops, what it is given and how it is instructed. */
public enum AgentType {
  LETTA_V1("letta_v1_agent", Loop.PLAIN, "letta_v1"),
  MEMGPT("memgpt_agent", Loop.HEARTBEAT, "memgpt"),
  MEMGPT_V2("memgpt_v2_agent", Loop.HEARTBEAT, "memgpt"),
  REACT("react_agent", Loop.HEARTBEAT, "react"),
  WORKFLOW("workflow_agent", Loop.HEARTBEAT, "workflow"),
  SPLIT_THREAD("split_thread_agent", Loop.HEARTBEAT, ""),
  SLEEPTIME("sleeptime_agent", Loop.PLAIN, "sleeptime"),
  VOICE("voice_convo_agent", Loop.HEARTBEAT, "memgpt"),
  VOICE_SLEEPTIME("voice_sleeptime_agent", Loop.HEARTBEAT, "sleeptime");

  /** How a turn goes on. */
  public enum Loop {
    /** Until the model answers without a tool. */
    PLAIN,
    /** A tool in each reply; on while the model asks for a heartbeat. */
    HEARTBEAT
  }

  private final String text;
  private final Loop loop;
  private final String prompt;

  AgentType(String text, Loop loop, String prompt) {
    this.text = text;
    this.loop = loop;
    this.prompt = prompt;
  }

  /** As the API writes it. */
  public String text() {
    return text;
  }

  public Loop loop() {
    return loop;
  }

  /** Whether memory blocks stand in its prompt. */
  public boolean showsBlocks() {
    return this != REACT && this != WORKFLOW;
  }

  /** Whether they have line numbers, for models that edit well by them. */
  public boolean numbersLines() {
    return this == LETTA_V1 || this == MEMGPT_V2 || this == SLEEPTIME;
  }

  /** Whether its conversation begins with an exchange that shows how to call send_message. */
  public boolean greets() {
    return this != LETTA_V1 && this != SLEEPTIME && this != VOICE_SLEEPTIME;
  }

  /** Whether each request starts from the system message alone. */
  public boolean forgets() {
    return this == WORKFLOW;
  }

  /** The name of its base instructions; absent where they have to be given. */
  public Optional<String> prompt() {
    return prompt.isEmpty() ? Optional.empty() : Optional.of(prompt);
  }

  /**
   * @throws MnemeException {@code unknown_agent_type}
   */
  public static AgentType of(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.invalid(
                "unknown_agent_type", "An agent_type is one of " + names() + "."));
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(AgentType::text).toList();
  }
}
