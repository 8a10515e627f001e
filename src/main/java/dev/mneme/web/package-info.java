/**
 * The HTTP listener and the guard that stands before everything it serves.
 *
 * <p>It knows no route: faces hand in {@link dev.mneme.web.Routes}. It may use {@code common},
 * Javalin and Jetty.
 */
@NullMarked
package dev.mneme.web;

import org.jspecify.annotations.NullMarked;
