package dev.mneme.engine.builtin;

import dev.mneme.common.Json;
import dev.mneme.engine.web.WebPages;
import dev.mneme.engine.web.WebQuery;
import dev.mneme.engine.web.WebSearch;
import java.util.Map;

/** An agent searches the web, and reads single pages. */
public final class WebTools {
  private static final int DEFAULT_RESULTS = 10;

  private final WebSearch search;
  private final WebPages pages;

  public WebTools(WebSearch search, WebPages pages) {
    this.search = search;
    this.pages = pages;
  }

  void addTo(Map<String, BuiltIn> tools) {
    BuiltIn.Waiting find = (_, args) -> Json.write(search.search(query(args)));
    BuiltIn.Waiting fetch = (_, args) -> pages.fetch(args.text("url"));
    tools.put("web_search", find);
    tools.put("fetch_webpage", fetch);
  }

  private static WebQuery query(Args args) {
    return new WebQuery(
        args.text("query"),
        args.number("num_results").orElse(DEFAULT_RESULTS),
        args.optional("category"),
        args.flag("include_text"),
        args.texts("include_domains"),
        args.texts("exclude_domains"),
        args.optional("start_published_date"),
        args.optional("end_published_date"),
        args.optional("user_location"));
  }
}
