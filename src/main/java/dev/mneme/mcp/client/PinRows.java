package dev.mneme.mcp.client;

import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of the tools of other servers, which is also what is offered before they answer. */
final class PinRows {
  private PinRows() {}

  static List<Pin> list(Reads reads, String server) {
    return reads
        .query(
            "SELECT tool, pinned, seen, present FROM mcp_tool WHERE owner_id = :owner"
                + " AND mcp_server_id = :server ORDER BY tool")
        .bind("server", server)
        .map((rs, _) -> pin(rs))
        .list();
  }

  /** Most tools never change: what is the same is read once. */
  private static Pin pin(ResultSet rs) throws SQLException {
    String pinned = rs.getString(2);
    String seen = rs.getString(3);
    Definition first = Definition.parse(pinned);
    Definition last = seen.equals(pinned) ? first : Definition.parse(seen);
    return new Pin(rs.getString(1), first, last, rs.getInt(4) != 0);
  }

  static void put(Tx tx, String server, Pin pin, Instant now) {
    tx.update(
            "INSERT INTO mcp_tool (owner_id, mcp_server_id, tool, pinned, seen, present,"
                + " created_at, updated_at) VALUES (:owner, :server, :tool, :pinned, :seen,"
                + " :present, :now, :now) ON CONFLICT (owner_id, mcp_server_id, tool) DO UPDATE SET"
                + " pinned = excluded.pinned, seen = excluded.seen, present = excluded.present,"
                + " updated_at = excluded.updated_at")
        .bind("server", server)
        .bind("tool", pin.tool())
        .bind("pinned", Json.write(pin.pinned().json()))
        .bind("seen", Json.write(pin.seen().json()))
        .bind("present", pin.present() ? 1 : 0)
        .bind("now", Timestamps.text(now))
        .execute();
  }

  static void remove(Tx tx, String server) {
    tx.update("DELETE FROM mcp_tool WHERE owner_id = :owner AND mcp_server_id = :server")
        .bind("server", server)
        .execute();
  }
}
