/**
 * What the official conformance suite calls: tools, resources and prompts that do each thing of the
 * protocol once. Only in the catalog where the configuration says so.
 *
 * <p>It may use the catalog's records and the errors of the protocol.
 */
@NullMarked
package dev.mneme.mcp.server.conformance;

import org.jspecify.annotations.NullMarked;
