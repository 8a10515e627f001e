package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.acceptance.Exchange.Made;
import dev.mneme.sandbox.docker.BenchRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * What code mode saves: one question about a shop, answered by calling fifty tools directly and by
 * a script that calls them. All calls are really made; what the model would say is written here,
 * and both ways have to come to the same answer.
 */
public final class CodeModeBench {
  private static final String SYSTEM = "You help in a shop. Use the tools; answer shortly.";
  private static final String USER =
      "Which open orders wait for a shipment that is more than 5 days late? Name order, customer"
          + " and days, the worst first.";
  private static final String SCRIPT =
      """
      import mneme
      late = []
      for order in mneme.tools.order_list(status="open")["items"]:
          days = mneme.tools.shipment_get(id=order["shipment_id"])["days_late"]
          if days > 5:
              late.append((days, order["id"], mneme.tools.customer_get(id=order["customer_id"])["name"]))
      for days, order, customer in sorted(late, key=lambda one: (-one[0], one[1])):
          print(f"{order}: {customer}, {days} days")
      """;

  private CodeModeBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("mneme-code-mode");
    Path home = Files.createDirectories(folder.resolve("home"));
    ShopTools.writeTo(home.resolve("tool-library"));
    try (BenchServer server = BenchServer.start(home, folder.resolve("data"), 1_000)) {
      McpHttp mcp = server.mcp();
      List<JsonNode> listed = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> {
            listed.clear();
            listed.addAll(server.tools());
            return shop(listed).size() == 50;
          });
      Exchange parallel = new Exchange(shop(listed), SYSTEM, USER);
      String answer = direct(parallel, mcp, 100);
      Exchange single = new Exchange(shop(listed), SYSTEM, USER);
      same(answer, direct(single, mcp, 1));
      List<JsonNode> two =
          listed.stream()
              .filter(tool -> List.of("run_python", "search_tools").contains(name(tool)))
              .toList();
      Exchange code = new Exchange(two, SYSTEM, USER);
      same(answer, script(code, mcp));
      report(parallel, single, code);
    }
  }

  private static String direct(Exchange exchange, McpHttp mcp, int atOnce) throws Exception {
    List<JsonNode> open = new ArrayList<>();
    exchange
        .calls(mcp, List.of(new Made("order_list", Map.of("status", "open"))))
        .getFirst()
        .at("/structuredContent/items")
        .forEach(open::add);
    List<JsonNode> shipments =
        each(
            exchange,
            mcp,
            atOnce,
            open.stream()
                .map(order -> new Made("shipment_get", Map.of("id", text(order, "shipment_id"))))
                .toList());
    record Late(JsonNode order, int days) {}
    List<Late> late = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      int days = shipments.get(i).at("/structuredContent/days_late").asInt();
      if (days > 5) {
        late.add(new Late(open.get(i), days));
      }
    }
    late.sort(
        Comparator.comparingInt((Late one) -> -one.days())
            .thenComparing(one -> text(one.order(), "id")));
    List<JsonNode> customers =
        each(
            exchange,
            mcp,
            atOnce,
            late.stream()
                .map(
                    one -> new Made("customer_get", Map.of("id", text(one.order(), "customer_id"))))
                .toList());
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < late.size(); i++) {
      String name = customers.get(i).at("/structuredContent/name").asText();
      Late one = late.get(i);
      answer.append(text(one.order(), "id")).append(": ").append(name).append(", ");
      answer.append(one.days()).append(" days\n");
    }
    exchange.answers(answer.toString().strip());
    return answer.toString().strip();
  }

  private static List<JsonNode> each(Exchange exchange, McpHttp mcp, int atOnce, List<Made> calls)
      throws Exception {
    List<JsonNode> results = new ArrayList<>();
    for (int i = 0; i < calls.size(); i += atOnce) {
      results.addAll(exchange.calls(mcp, calls.subList(i, Math.min(calls.size(), i + atOnce))));
    }
    return results;
  }

  private static String script(Exchange exchange, McpHttp mcp) throws Exception {
    exchange.calls(
        mcp,
        List.of(new Made("search_tools", Map.of("query", "order shipment customer", "limit", 15))));
    JsonNode result =
        exchange.calls(mcp, List.of(new Made("run_python", Map.of("code", SCRIPT)))).getFirst();
    String answer = result.at("/structuredContent/stdout").asText().strip();
    exchange.answers(answer);
    return answer;
  }

  private static void report(Exchange parallel, Exchange single, Exchange code) throws Exception {
    BenchRows rows = new BenchRows("code mode, 50 tools: ");
    rows.shown("tokens read, direct, calls side by side", "" + parallel.read(), parallel.summary());
    rows.shown("tokens read, direct, one call at a time", "" + single.read(), single.summary());
    rows.shown("tokens read, search_tools and run_python", "" + code.read(), code.summary());
    rows.atMost(
        "tokens read and written, script over direct side by side",
        (double) (code.read() + code.written()) / (parallel.read() + parallel.written()),
        0.5,
        "whole exchange, o200k tokenizer, no caching of prompts counted; same answer");
  }

  private static List<JsonNode> shop(List<JsonNode> tools) {
    return tools.stream()
        .filter(tool ->
            name(tool)
                .matches(
                    "(order|shipment|customer|article|supplier|invoice|warehouse|employee|ticket"
                        + "|contract)_.*"))
        .toList();
  }

  private static void same(String expected, String found) {
    if (expected.isEmpty() || !expected.equals(found)) {
      throw new IllegalStateException("Another answer:\n" + expected + "\n---\n" + found);
    }
  }

  private static String name(JsonNode tool) {
    return tool.path("name").asText();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
