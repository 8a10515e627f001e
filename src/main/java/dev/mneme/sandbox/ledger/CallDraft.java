package dev.mneme.sandbox.ledger;

import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.time.Instant;

/** What is known of a call when it comes. */
public record CallDraft(String id, Instant at, Caller caller, ToolIdentity tool) {}
