package dev.mneme.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A library of fifty tools, as a shop could have them: ten kinds of records, five tools each. */
final class ShopTools {
  /** Fields by kind, each with its type, a meaning, and how it comes from the record's number. */
  private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

  static {
    kind(
        "order",
        "customer_id|str|Who ordered.|'customer-%d' % (n * 7 % 23)",
        "shipment_id|str|The parcel it goes with.|'shipment-%d' % n",
        "article_id|str|What was ordered.|'article-%d' % (n * 5 % 31)",
        "quantity|int|How many.|n % 9 + 1",
        "total|float|Price of all in euros.|round(19.9 * (n % 37 + 1), 2)",
        "created|str|Day of the order.|'2026-10-%02d' % (n % 28 + 1)");
    kind(
        "shipment",
        "carrier|str|Who brings it.|['Post', 'Swift', 'Rail'][n % 3]",
        "sent|str|Day it left.|'2026-11-%02d' % (n % 9 + 1)",
        "due|str|Day it was promised for.|'2026-11-%02d' % (n % 9 + 5)",
        "days_late|int|Days beyond the promise, 0 when in time.|max(0, n * 13 % 17 - 8)",
        "weight_kg|float|Weight.|round(n * 0.7 % 12, 1)",
        "parcels|int|How many parcels.|n % 3 + 1");
    kind(
        "customer",
        "name|str|Name of person or company.|'Customer Number %d' % n",
        "city|str|Town.|['Bern', 'Lyon', 'Turin', 'Graz'][n % 4]",
        "email|str|Where mail goes.|'office%d@example.com' % n",
        "phone|str|Number to call.|'+41 31 555 %04d' % n",
        "since|str|First order.|'20%02d-03-01' % (n % 20 + 5)",
        "discount|float|Part of the price that is let off.|n % 4 * 0.05");
    kind(
        "article",
        "title|str|Name in the catalogue.|'Article %d' % n",
        "price|float|Price in euros.|n * 1.5",
        "stock|int|Pieces there.|n % 40");
    kind(
        "supplier",
        "name|str|Name of the firm.|'Supplier %d' % n",
        "country|str|Where it is.|'CH'",
        "lead_days|int|Days a delivery takes.|n % 20");
    kind(
        "invoice",
        "order_id|str|For which order.|'order-%d' % n",
        "amount|float|Sum in euros.|n * 9.5",
        "paid|bool|Whether it was paid.|n % 2 == 0");
    kind(
        "warehouse",
        "city|str|Where it stands.|'Basel'",
        "capacity|int|Places for pallets.|n * 100",
        "used|int|Places in use.|n * 60");
    kind(
        "employee",
        "name|str|Full name.|'Employee %d' % n",
        "team|str|Where this person works.|'sales'",
        "phone|str|Number inside the house.|'%d' % n");
    kind(
        "ticket",
        "customer_id|str|Who asked.|'customer-%d' % n",
        "subject|str|What it is about.|'Question %d' % n",
        "priority|int|1 is most urgent.|n % 3 + 1");
    kind(
        "contract",
        "supplier_id|str|With whom.|'supplier-%d' % n",
        "ends|str|Last day.|'2027-12-31'",
        "value|float|Sum a year in euros.|n * 1000.0");
  }

  private ShopTools() {}

  private static void kind(String name, String... fields) {
    KINDS.put(name, List.of(fields));
  }

  static void writeTo(Path folder) throws IOException {
    writeTo(folder, "");
  }

  /**
   * The fifty tools of one branch of the shop.
   *
   * @param branch begins the name of each kind
   */
  static void writeTo(Path folder, String branch) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, List<String>> each : KINDS.entrySet()) {
      String name = branch + each.getKey();
      Map.Entry<String, List<String>> kind = Map.entry(name, each.getValue());
      tool(
          folder,
          kind,
          name + "_list",
          "status: Literal[\"open\", \"closed\"] | None = None, limit: int = 50",
          "Lists " + name + "s, newest first, with all their fields.",
          List.of("status: Only those that are so; all when left out.", "limit: How many at most."),
          "{\"items\": [r for r in map(_record, range(1, 61)) if status in (None,"
              + " r[\"status\"])][:limit]}",
          true);
      tool(
          folder,
          kind,
          name + "_get",
          "id: str",
          "Shows one " + name + " with all its fields.",
          List.of("id: Its id, such as " + name + "-7."),
          "_record(int(id.rsplit(\"-\", 1)[1]))",
          false);
      tool(
          folder,
          kind,
          name + "_search",
          "query: str, limit: int = 10",
          "Finds " + name + "s by words in any of their fields, the best first.",
          List.of("query: Words to look for.", "limit: How many at most."),
          "{\"items\": [r for r in map(_record, range(1, 61)) if query.lower() in"
              + " str(r).lower()][:limit]}",
          true);
      tool(
          folder,
          kind,
          name + "_newest",
          "count: int = 5",
          "Shows the " + name + "s that were added last.",
          List.of("count: How many."),
          "{\"items\": [_record(n) for n in range(60, 60 - count, -1)]}",
          true);
      tool(
          folder,
          kind,
          name + "_open_since",
          "day: str, limit: int = 50",
          "Lists the " + name + "s that have been open since a day or longer.",
          List.of("day: A day as YYYY-MM-DD.", "limit: How many at most."),
          "{\"items\": [r for r in map(_record, range(1, 61)) if r[\"status\"] =="
              + " \"open\"][:limit]}",
          true);
    }
  }

  private static void tool(
      Path folder,
      Map.Entry<String, List<String>> kind,
      String name,
      String parameters,
      String summary,
      List<String> arguments,
      String result,
      boolean many)
      throws IOException {
    String type =
        kind.getKey().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + kind.getKey().substring(1);
    StringBuilder text =
        new StringBuilder(
            "from typing import Literal, TypedDict\n\n\nclass "
                + type
                + "(TypedDict):\n    \"\"\"A "
                + kind.getKey()
                + ".\n\n    Attributes:\n        id: Its id.\n        status: open or closed.\n");
    StringBuilder fields = new StringBuilder("    id: str\n    status: str\n");
    StringBuilder record =
        new StringBuilder(
            "{\"id\": \""
                + kind.getKey()
                + "-%d\" % n, \"status\": \"open\" if n % 3 else \"closed\"");
    for (String field : kind.getValue()) {
      String[] parts = field.split("\\|", 4);
      text.append("        ").append(parts[0]).append(": ").append(parts[2]).append('\n');
      fields.append("    ").append(parts[0]).append(": ").append(parts[1]).append('\n');
      record.append(", \"").append(parts[0]).append("\": ").append(parts[3]);
    }
    text.append("    \"\"\"\n\n").append(fields);
    if (many) {
      text.append("\n\nclass ")
          .append(type)
          .append("s(TypedDict):\n    \"\"\"Several.\n\n    Attributes:\n        items: The ")
          .append(kind.getKey())
          .append("s.\n    \"\"\"\n\n    items: list[")
          .append(type)
          .append("]\n");
    }
    text.append("\n\ndef _record(n):\n    return ")
        .append(record)
        .append("}\n\n\ndef ")
        .append(name)
        .append('(')
        .append(parameters)
        .append(") -> ")
        .append(type)
        .append(many ? "s" : "")
        .append(":\n    \"\"\"")
        .append(summary)
        .append("\n\n    Args:\n");
    arguments.forEach(argument -> text.append("        ").append(argument).append('\n'));
    text.append("    \"\"\"\n    return ").append(result).append('\n');
    Files.writeString(folder.resolve(name + ".py"), text);
  }
}
