package dev.mneme.mcp.server.legacy;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Sessions;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.ResourceChange;
import dev.mneme.mcp.server.catalog.ResourceListener;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells sessions what changed: tools, the list of resources, resources they subscribed to. */
final class Announcements implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Announcements.class);

  private final Sessions sessions;
  private final List<AutoCloseable> listening;

  Announcements(Sessions sessions, Catalog catalog) {
    this.sessions = sessions;
    this.listening =
        List.of(
            catalog.onToolsChange(() ->
                sessions
                    .all()
                    .forEach(
                        session -> session.notify("notifications/tools/list_changed", Map.of()))),
            catalog.resources().onChange(new Resources()));
  }

  @Override
  public void close() {
    for (AutoCloseable each : listening) {
      try {
        each.close();
      } catch (Exception e) {
        log.warn("a listener could not be ended", e);
      }
    }
  }

  private final class Resources implements ResourceListener {
    @Override
    public boolean isInterested(Owner owner) {
      return sessions.all().stream().anyMatch(session -> session.owner().equals(owner));
    }

    @Override
    public void changed(ResourceChange change) {
      sessions.all().stream()
          .filter(session -> session.owner().equals(change.owner()))
          .forEach(session -> {
            change.updated().stream()
                .filter(session::isSubscribed)
                .sorted()
                .forEach(
                    uri -> session.notify("notifications/resources/updated", Map.of("uri", uri)));
            if (change.listChanged()) {
              session.notify("notifications/resources/list_changed", Map.of());
            }
          });
    }
  }
}
