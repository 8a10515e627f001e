package dev.mneme.engine.turn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaException;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.engine.AgentProfile;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.tool.ArgumentCheck;
import dev.mneme.tool.StoredTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent's turn may do: the tools attached to it, but for the one that only carries the
 * reply and those that a person has to agree to. Immutable.
 */
final class Offers {
  private static final int MAX_OPERATIONS = 50;
  private static final int DESCRIPTION = 400;

  private final ArgumentCheck check;
  private final Map<String, Offer> byName = new LinkedHashMap<>();

  Offers(AgentProfile profile, ArgumentCheck check) {
    this.check = check;
    RuleState rules = new RuleState(profile.settings().toolRules());
    for (StoredTool tool : profile.tools()) {
      if (!tool.name().equals(BuiltIns.SEND_MESSAGE) && !rules.needsApproval(tool.name())) {
        byName.put(tool.name(), offer(tool));
      }
    }
  }

  /** Those of these names, in the order of attaching. */
  List<Offer> among(List<String> allowed) {
    return byName.values().stream().filter(offer -> allowed.contains(offer.name())).toList();
  }

  /**
   * Refuses all where one does not fit.
   *
   * @param allowed what may be called now
   * @param one whether only the first is called now
   * @throws MnemeException {@code invalid_operations}, naming every problem
   */
  List<Operation> check(List<Operation> operations, List<String> allowed, boolean one) {
    List<String> problems = new ArrayList<>();
    if (operations.size() > MAX_OPERATIONS) {
      problems.add("a commit has at most " + MAX_OPERATIONS + " operations");
    }
    List<Operation> checked = new ArrayList<>();
    for (int i = 0; i < operations.size() && i < MAX_OPERATIONS; i++) {
      Operation operation = operations.get(i);
      String where = "operation " + (i + 1) + " (" + shorten(operation.name()) + "): ";
      Optional<Offer> offer = Optional.ofNullable(byName.get(operation.name()));
      if (offer.isEmpty()) {
        problems.add(where + unknown(operation.name()));
      } else if (!(one && i > 0) && !allowed.contains(operation.name())) {
        problems.add(where + "the agent's rules do not allow it now; allowed: " + names(allowed));
      } else {
        fit(offer.get(), operation, where, problems).ifPresent(checked::add);
      }
    }
    if (!problems.isEmpty()) {
      throw TurnErrors.invalid(problems);
    }
    return checked;
  }

  private Optional<Operation> fit(
      Offer offer, Operation operation, String where, List<String> problems) {
    try {
      return Optional.of(
          new Operation(
              offer.name(), check.check(offer.name(), offer.schema(), operation.arguments())));
    } catch (MnemeException e) {
      problems.add(where + e.message());
      return Optional.empty();
    } catch (SchemaException _) {
      // A custom tool's schema may be none; its own code then judges what it is given.
      return Optional.of(operation);
    }
  }

  private String unknown(String name) {
    return name.equals(BuiltIns.SEND_MESSAGE)
        ? "what you want to say goes into the commit's reply"
        : "there is no such operation; there are " + names(List.copyOf(byName.keySet()));
  }

  private String names(List<String> allowed) {
    List<String> names = among(allowed).stream().map(Offer::name).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static Offer offer(StoredTool tool) {
    ObjectNode schema =
        tool.schema().path("parameters") instanceof ObjectNode given
            ? given.deepCopy()
            : Json.mapper().createObjectNode().put("type", "object");
    // Turns go on until there is a reply, whatever kind of agent it is.
    if (schema.path("properties") instanceof ObjectNode properties) {
      properties.remove("request_heartbeat");
    }
    if (schema.path("required") instanceof ArrayNode required) {
      for (int i = required.size() - 1; i >= 0; i--) {
        if (required.get(i).asText().equals("request_heartbeat")) {
          required.remove(i);
        }
      }
    }
    return new Offer(tool.name(), shortened(tool.description()), schema);
  }

  private static String shortened(String description) {
    String text = description.strip();
    if (text.length() <= DESCRIPTION) {
      return text;
    }
    int end = text.lastIndexOf(". ", DESCRIPTION);
    return end > DESCRIPTION / 2
        ? text.substring(0, end + 1)
        : text.substring(0, DESCRIPTION) + '…';
  }

  private static String shorten(String name) {
    return Texts.shorten(name, 60);
  }
}
