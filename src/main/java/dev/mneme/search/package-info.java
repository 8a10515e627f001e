/**
 * Finds passages by words and by meaning: a Lucene index and the vectors it is built from.
 *
 * <p>The database is the truth. The index reads the rows of {@code memory} and {@code message},
 * owns only the tables of vectors, and can be thrown away at any time. Documents have a kind, so
 * that messages and passages share an index. It may use {@code memory}, {@code message}, {@code
 * model}, {@code store} and {@code common}; nobody else imports Lucene.
 */
@NullMarked
package dev.mneme.search;

import org.jspecify.annotations.NullMarked;
