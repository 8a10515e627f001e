package dev.mneme.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.Owner;
import dev.mneme.mcp.client.wire.CallFailed;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingLoginsTest {
  private static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");

  private final PendingLogins logins = new PendingLogins();

  @Test
  void oneOwnersLoginsKeepNobodyElseOut() throws CallFailed {
    for (int i = 0; i < 8; i++) {
      assertThat(logins.begin(OTHER, "of-another-" + i)).isNotDone();
    }
    assertThatThrownBy(() -> logins.begin(OTHER, "one-more"))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("8");
    CompletableFuture<URI> mine = logins.begin(Owner.DEFAULT, "mine");
    assertThat(logins.take("mine")).containsSame(mine);
    assertThat(logins.take("mine")).isEmpty();

    logins.end("of-another-3");
    assertThat(logins.begin(OTHER, "one-more")).isNotDone();
  }
}
