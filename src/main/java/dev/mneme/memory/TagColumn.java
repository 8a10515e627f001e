package dev.mneme.memory;

import dev.mneme.common.Json;
import dev.mneme.store.PagedQuery;
import java.util.ArrayList;
import java.util.List;

/** Conditions on a column that holds tags as a JSON array of strings. */
public final class TagColumn {
  private TagColumn() {}

  /** Adds the condition that the column has one of the tags, or all of them. */
  public static void filter(PagedQuery query, String column, List<String> tags, boolean all) {
    if (tags.isEmpty()) {
      return;
    }
    List<String> each = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      // The quotes that stand around each tag make this exact, in any database.
      each.add(column + " <> replace(" + column + ", :tag" + i + ", '')");
      query.bind("tag" + i, Json.write(tags.get(i)));
    }
    query.where('(' + String.join(all ? " AND " : " OR ", each) + ')');
  }
}
