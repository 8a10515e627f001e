/**
 * What was called: a row for each call of sandboxed code, with who called, where it ran, how it
 * ended and what it cost.
 *
 * <p>Rows are written in batches by a thread of the ledger, off the way of a call; only a call that
 * may have effects outside is noted before it starts. Arguments are masked and cut. It may use
 * {@code store}, {@code secret}, {@code tool} and {@code common}.
 */
@NullMarked
package dev.mneme.sandbox.ledger;

import org.jspecify.annotations.NullMarked;
