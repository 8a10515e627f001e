package dev.mneme.engine.builtin;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An agent talks to others. */
final class AgentTools {
  private static final int MAX_ASKED = 20;

  private final Post post;

  AgentTools(Post post) {
    this.post = post;
  }

  void addTo(Map<String, BuiltIn> tools) {
    put(
        tools,
        "send_message_to_agent_async",
        (use, args) -> {
          post.send(use, args.text("other_agent_id"), args.text("message"));
          return "Successfully sent message";
        });
    put(
        tools,
        "send_message_to_agent_and_wait_for_reply",
        (use, args) -> Json.write(answer(use, args.text("other_agent_id"), args.text("message"))));
    put(tools, "send_message_to_agents_matching_tags", this::askTagged);
  }

  private String askTagged(Use use, Args args) {
    String message = args.text("message");
    List<String> all = args.texts("match_all");
    List<String> some = args.texts("match_some");
    if (all.isEmpty() && some.isEmpty()) {
      throw MnemeException.invalid("missing_argument", "match_all or match_some has to name a tag");
    }
    List<String> found = post.tagged(use, all, some);
    if (found.size() > MAX_ASKED) {
      throw MnemeException.limit(
          "too_many_agents",
          found.size() + " agents match; at most " + MAX_ASKED + " can be asked, name more tags");
    }
    List<Map<String, Object>> answers = new ArrayList<>();
    for (String agentId : found) {
      answers.add(answer(use, agentId, message));
    }
    return Json.write(answers);
  }

  private Map<String, Object> answer(Use use, String agentId, String message) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("agent_id", agentId);
    List<String> said = post.ask(use, agentId, message);
    answer.put("response", said.isEmpty() ? List.of("<no response>") : said);
    return answer;
  }

  private static void put(Map<String, BuiltIn> tools, String name, BuiltIn.Waiting tool) {
    tools.put(name, tool);
  }
}
