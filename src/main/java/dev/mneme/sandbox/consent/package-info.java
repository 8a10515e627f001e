/**
 * What a person has to agree to before it is done: asked for at the caller's client, else kept as a
 * request that somebody else resolves, never the one whose call it is.
 *
 * <p>The gate asks it, and whoever has other reasons to ask. It may use {@code tool} and {@code
 * store}; it knows no policy.
 */
@NullMarked
package dev.mneme.sandbox.consent;

import org.jspecify.annotations.NullMarked;
