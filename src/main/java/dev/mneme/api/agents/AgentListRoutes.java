package dev.mneme.api.agents;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentQuery;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.TagQuery;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Cursors;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.store.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists of agents and of their tags. */
public final class AgentListRoutes implements Group {
  private static final List<String> ORDERS =
      List.of("created_at", "updated_at", "last_run_completion");

  private final AgentService agents;
  private final AgentViews views;

  public AgentListRoutes(AgentService agents, AgentViews views) {
    this.agents = agents;
    this.views = views;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/agents", this::list);
    endpoints.get("/agents/count", this::count);
    endpoints.get("/tags", this::tags);
  }

  private Reply list(Call call) {
    if (matchesNothing(call)) {
      return Reply.of(List.of());
    }
    Cursors cursors = Cursors.of(call.page(50, true));
    List<Agent> found = agents.list(call.owner(), query(call, cursors));
    return Reply.of(views.views(call.owner(), cursors.ordered(found)));
  }

  private Reply count(Call call) {
    return Reply.of(agents.count(call.owner(), query(call, Cursors.of(Page.first(1)))));
  }

  private Reply tags(Call call) {
    Cursors cursors = Cursors.of(call.page(50, false));
    TagQuery query =
        new TagQuery(
            call.query("query_text").or(() -> call.query("name")),
            cursors.below(),
            cursors.above(),
            cursors.ascending(),
            cursors.limit());
    return Reply.of(cursors.ordered(agents.tags(call.owner(), query)));
  }

  private static AgentQuery query(Call call, Cursors cursors) {
    Optional<String> sorted = call.query("order_by").or(() -> call.query("sort_by"));
    String order =
        call.choice(
            sorted.isPresent() && call.query("order_by").isEmpty() ? "sort_by" : "order_by",
            "created_at",
            ORDERS);
    return new AgentQuery(
        call.query("name"),
        call.queries("tags"),
        call.flag("match_all_tags").orElse(false),
        call.query("query_text"),
        Optional.empty(),
        call.query("last_stop_reason"),
        AgentQuery.Order.valueOf(order.toUpperCase(Locale.ROOT)),
        cursors.ascending(),
        cursors.below(),
        cursors.above(),
        cursors.limit());
  }

  /** There are neither templates nor projects nor identities here; agents are their owner's. */
  private static boolean matchesNothing(Call call) {
    return Stream.of(
                "identity_id", "identifier_keys", "project_id", "template_id", "base_template_id")
            .anyMatch(name -> !call.queries(name).isEmpty())
        || call.query("created_by_id").filter(id -> !id.equals(call.owner().id())).isPresent();
  }
}
