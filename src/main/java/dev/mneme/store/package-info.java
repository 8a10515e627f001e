/**
 * The database and the data folder: connections, transactions, migrations, locks, backups.
 *
 * <p>It knows no feature: each package writes its own SQL and gets an owner-scoped handle to run it
 * with. It may use {@code common} only.
 */
@NullMarked
package dev.mneme.store;

import org.jspecify.annotations.NullMarked;
