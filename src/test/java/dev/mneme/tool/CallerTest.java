package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");

  @Test
  void aDomainIsOneAgentOrOneOwnersClients() {
    Caller client = Caller.of(Owner.DEFAULT);
    Caller agent = Caller.agent(Owner.DEFAULT, "agent-1", Optional.of("run-1"));
    assertThat(client.domain()).isEqualTo(Owner.DEFAULT.id());
    assertThat(agent.domain())
        .isEqualTo(Caller.agent(Owner.DEFAULT, "agent-1", Optional.empty()).domain())
        .isNotEqualTo(client.domain())
        .isNotEqualTo(Caller.agent(Owner.DEFAULT, "agent-2", Optional.empty()).domain())
        .isNotEqualTo(Caller.agent(OTHER, "agent-1", Optional.empty()).domain());
    assertThat(Caller.of(OTHER).domain()).isNotEqualTo(client.domain());
  }
}
