package dev.mneme.api;

import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Map;

/**
 * What Letta has and Mneme has not: its lists are empty, so that clients which look there first go
 * on, and making some says that there is no such thing instead of that the address is wrong.
 */
public final class AbsentRoutes implements Group {
  private static final Map<String, String> THINGS =
      Map.of(
          "/folders", "folders and files",
          "/sources", "folders and files",
          "/groups", "groups of agents",
          "/identities", "identities",
          "/conversations", "conversations beside an agent's default one");
  private static final List<String> OF_AN_AGENT =
      List.of("/folders", "/sources", "/files", "/groups", "/identities");

  @Override
  public void addTo(Endpoints endpoints) {
    THINGS.forEach((path, what) -> {
      endpoints.get(path, _ -> Reply.of(List.of()));
      endpoints.post(
          path,
          _ -> {
            throw absent(what);
          });
    });
    OF_AN_AGENT.forEach(
        path -> endpoints.get("/agents/{agent_id}" + path, _ -> Reply.of(List.of())));
    endpoints.get(
        "/agents/{agent_id}/export",
        _ -> {
          throw absent("agent files; 'mneme backup' writes all there is into one file");
        });
  }

  private static MnemeException absent(String what) {
    return MnemeException.notFound("not_there_yet", "Mneme has no " + what + ".");
  }
}
