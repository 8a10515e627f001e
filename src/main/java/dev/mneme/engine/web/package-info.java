/**
 * What agents read of the web: results of a search service that the operator configured, and the
 * text of single pages.
 *
 * <p>All of it was written by strangers and is bounded in size. Requests go through {@code net}, so
 * that no page leads into the private network. It knows no agent and no loop.
 */
@NullMarked
package dev.mneme.engine.web;

import org.jspecify.annotations.NullMarked;
