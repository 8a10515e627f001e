/**
 * The program of a GraalPy worker process: reads calls from stdin, runs them in Python contexts
 * that may do nothing but compute, writes results to stdout.
 *
 * <p>It is packed into a jar of its own and may use the JDK and {@code org.graalvm.polyglot} only.
 * Nothing here is trusted by the host: every limit that matters is enforced by the server as well.
 */
@NullMarked
package dev.mneme.sandbox.graalpy.worker;

import org.jspecify.annotations.NullMarked;
