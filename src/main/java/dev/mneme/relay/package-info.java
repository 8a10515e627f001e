/**
 * The thin program behind {@code mneme mcp}: it answers {@code initialize} by itself and passes all
 * other lines between an MCP client on standard input and output and the owner of the data folder,
 * which it starts when there is none.
 *
 * <p>It uses the JDK only and loads few classes, because an assistant waits for its first answer;
 * so it also avoids lambdas, regular expressions and string templates where it starts.
 */
@NullMarked
package dev.mneme.relay;

import org.jspecify.annotations.NullMarked;
