/**
 * The agent loop: it builds what a model sees, asks it, runs the tools it asks for, keeps each
 * step, and knows when to stop. It may use every feature package below; it knows no wire format.
 */
@NullMarked
package dev.mneme.engine;

import org.jspecify.annotations.NullMarked;
