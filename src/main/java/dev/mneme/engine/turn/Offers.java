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
import dev.mneme.model.ToolSpec;
import dev.mneme.tool.ArgumentCheck;
import dev.mneme.tool.ShelfTexts;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolShelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent's turn may do: the tools attached to it, but for the one that only carries the
 * reply and those that a person has to agree to. Where they are many, those the engine does not
 * show are found and called by two of its own. Immutable.
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

  /**
   * Those that are shown now, in the order of attaching.
   *
   * @param shown what the engine shows a model
   */
  List<Offer> among(List<ToolSpec> shown) {
    List<String> names = names(shown);
    List<Offer> offers = new ArrayList<>();
    byName.values().stream().filter(offer -> names.contains(offer.name())).forEach(offers::add);
    shown.stream().map(this::finding).flatMap(Optional::stream).forEach(offers::add);
    return offers;
  }

  /** One of the engine's own; with a schema that asks for no more steps. */
  private Optional<Offer> finding(ToolSpec shown) {
    if (byName.containsKey(shown.name())) {
      return Optional.empty();
    }
    return switch (shown.name()) {
      case ToolShelf.SEARCH ->
          Optional.of(new Offer(shown.name(), shown.description(), ShelfTexts.searchSchema()));
      case ToolShelf.CALL ->
          Optional.of(new Offer(shown.name(), shown.description(), ShelfTexts.callSchema()));
      default -> Optional.empty();
    };
  }

  /**
   * Refuses all where one does not fit.
   *
   * @param shown what the engine shows a model now
   * @param one whether only the first is called now
   * @throws MnemeException {@code invalid_operations}, naming every problem
   */
  List<Operation> check(List<Operation> operations, List<ToolSpec> shown, boolean one) {
    Map<String, Offer> allowed = new LinkedHashMap<>();
    among(shown).forEach(offer -> allowed.put(offer.name(), offer));
    // What is not shown is the engine's to refuse, which knows the rules.
    boolean more = allowed.containsKey(ToolShelf.CALL) && !byName.containsKey(ToolShelf.CALL);
    List<String> problems = new ArrayList<>();
    if (operations.size() > MAX_OPERATIONS) {
      problems.add("a commit has at most " + MAX_OPERATIONS + " operations");
    }
    List<Operation> checked = new ArrayList<>();
    for (int i = 0; i < operations.size() && i < MAX_OPERATIONS; i++) {
      Operation operation = operations.get(i);
      String where = "operation " + (i + 1) + " (" + shorten(operation.name()) + "): ";
      Optional<Offer> offer =
          Optional.ofNullable(allowed.get(operation.name()))
              .or(() -> Optional.ofNullable(byName.get(operation.name())));
      if (offer.isEmpty()) {
        problems.add(where + unknown(operation.name(), more ? allowed : byName));
      } else if (!(one && i > 0) && !more && !allowed.containsKey(operation.name())) {
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

  private static String unknown(String name, Map<String, Offer> known) {
    return name.equals(BuiltIns.SEND_MESSAGE)
        ? "what you want to say goes into the commit's reply"
        : "there is no such operation; there are " + names(known);
  }

  private static String names(Map<String, Offer> offers) {
    return offers.isEmpty() ? "none" : String.join(", ", offers.keySet());
  }

  private static List<String> names(List<ToolSpec> shown) {
    return shown.stream().map(ToolSpec::name).toList();
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
