package dev.mneme.mcp.client.wire;

/** Which generation of the protocol a server is spoken to in. */
public enum Protocol {
  /** Found out when it is greeted. */
  AUTO,
  /** The revisions up to 2025-11-25, with a handshake. */
  OLDER,
  /** 2026-07-28. */
  NEWER
}
