package dev.mneme.mcp.server.modern;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.Message;
import java.util.Optional;

/**
 * A request under way.
 *
 * @param agent whose memory is meant where the arguments name none
 * @param conversation names the run that the request's changes belong to
 */
record Incoming(
    Message.Request message,
    Envelope envelope,
    Owner owner,
    Optional<String> agent,
    String conversation,
    Outlet outlet) {}
