package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Prints what was measured, and adds it to the table of results named by BENCH_ROWS. */
public final class BenchRows {
  private final String prefix;

  public BenchRows(String prefix) {
    this.prefix = prefix;
  }

  public void atMost(String what, double value, double most, String notes) throws IOException {
    add(what, number(value), "≤ " + number(most), value <= most, notes);
  }

  public void atLeast(String what, double value, double least, String notes) throws IOException {
    add(what, number(value), "≥ " + number(least), value >= least, notes);
  }

  public void shown(String what, String value, String notes) throws IOException {
    add(what, value, "shown", true, notes);
  }

  private void add(String what, String measured, String mustReach, boolean reached, String notes)
      throws IOException {
    ObjectNode row = Json.mapper().createObjectNode();
    row.put("what", prefix + what).put("measured", measured).put("mustReach", mustReach);
    row.put("reached", reached).put("notes", notes);
    System.out.println(Json.write(row));
    String file = System.getenv("BENCH_ROWS");
    if (file != null) {
      Files.writeString(
          Path.of(file),
          Json.write(row) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
