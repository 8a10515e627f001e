/**
 * What the providers behind HTTP share: requests that stream, server-sent events, errors sorted
 * into their kinds, and the putting together of an answer from its pieces.
 *
 * <p>It knows no provider's format. It may use {@code model}, {@code net}, {@code secret} and
 * {@code common}.
 */
@NullMarked
package dev.mneme.model.http;

import org.jspecify.annotations.NullMarked;
