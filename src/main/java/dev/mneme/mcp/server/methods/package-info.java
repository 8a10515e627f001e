/**
 * What the methods of the protocol answer, in the parts that are the same in every era: lists,
 * calls, resources, prompts, completions, and questions to the user.
 *
 * <p>Plain functions from params to JSON over the catalog. The adapters of the eras use it; it
 * knows no session and no transport, and may use the catalog and the front's errors.
 */
@NullMarked
package dev.mneme.mcp.server.methods;

import org.jspecify.annotations.NullMarked;
