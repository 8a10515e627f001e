/**
 * The one way out: every request to another host is made by {@link dev.mneme.net.OutboundClient}.
 *
 * <p>It resolves a name once, refuses addresses inside the operator's network unless the operator
 * named the host, follows redirects by the same rules, and caps size and time. It may use {@code
 * common} only.
 */
@NullMarked
package dev.mneme.net;

import org.jspecify.annotations.NullMarked;
