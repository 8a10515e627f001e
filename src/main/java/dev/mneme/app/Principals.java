package dev.mneme.app;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.common.Texts;
import dev.mneme.store.Database;
import dev.mneme.web.oauth.Enrollment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes owners of those whom an issuer vouches for. The id follows from issuer and subject, so that
 * it is the same after every start, and never that of a key's name.
 */
final class Principals implements Enrollment {
  private static final int REMEMBERED = 10_000;

  private final Database database;
  private final Set<Owner> enrolled = ConcurrentHashMap.newKeySet();

  Principals(Database database) {
    this.database = database;
  }

  @Override
  public Owner owner(String issuer, String subject) {
    Owner owner = of(issuer, subject);
    if (!enrolled.contains(owner)) {
      Keyring.enroll(owner, name(issuer, subject), database);
      if (enrolled.size() >= REMEMBERED) {
        enrolled.clear();
      }
      enrolled.add(owner);
    }
    return owner;
  }

  /** The length keeps apart what would read the same when written one after the other. */
  static Owner of(String issuer, String subject) {
    return new Owner(
        Ids.named("user", "principal:" + issuer.length() + ':' + issuer + ':' + subject));
  }

  private static String name(String issuer, String subject) {
    String shown = (subject + " of " + issuer).replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    return Texts.shorten(shown, 200);
  }
}
