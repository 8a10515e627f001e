/**
 * Where tool code runs: a pool of worker processes that speak one line protocol, whatever language
 * runtime or container is behind them.
 *
 * <p>A back end supplies a {@link dev.mneme.sandbox.WorkerFactory}; the pool starts, warms, hands
 * out, watches, kills and replaces its workers. What code in a worker may ask of the server goes
 * through {@link dev.mneme.sandbox.HostCalls}. It may use {@code tool} and {@code common}.
 */
@NullMarked
package dev.mneme.sandbox;

import org.jspecify.annotations.NullMarked;
