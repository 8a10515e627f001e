package dev.mneme.mcp.server.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Texts;
import dev.mneme.memory.journal.Entry;
import dev.mneme.memory.journal.HistoryEntry;

/** An entry of the journal as tools and resources show it. */
public final class EntryJson {
  private static final int MAX_DIFF = 4_000;

  private EntryJson() {}

  public static void write(HistoryEntry found, ObjectNode node) {
    Entry entry = found.entry();
    node.put("sequence", entry.sequence()).put("at", entry.at().toString());
    node.put("actor", entry.actor()).put("origin", entry.origin().text());
    entry.source().ifPresent(source -> node.put("source", source));
    entry.run().ifPresent(run -> node.put("run", run));
    node.put("operation", entry.operation());
    found.undoneBy().ifPresent(sequence -> node.put("undone_by", sequence));
    ArrayNode changes = node.putArray("changes");
    for (HistoryEntry.SubjectChange change : found.changes()) {
      changes
          .addObject()
          .put("kind", change.kind())
          .put("id", change.id())
          .put("diff", change.removed() ? "(removed for good)" : shortened(change.diff()));
    }
  }

  private static String shortened(String diff) {
    return diff.length() > MAX_DIFF ? Texts.head(diff, MAX_DIFF) + "\n… (cut)" : diff;
  }
}
