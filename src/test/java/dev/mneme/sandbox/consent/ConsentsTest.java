package dev.mneme.sandbox.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.consent.ConsentRequest.Status;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentsTest {
  private static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");
  private static final String WHY = "The policy wants it.";

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
  private Database database;
  private Consents consents;
  private Approvals approvals;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("mneme.db"), 2);
    consents = new Consents(database, new Ids(new Random(7), Clock.systemUTC()), now::get);
    approvals = new Approvals(database, now::get);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatWasApprovedMayBeDoneOnceAndNothingElse() {
    String id = pending(call("{\"a\":1}"));
    assertThat(pending(call("{\"a\":1}"))).isEqualTo(id);
    assertThat(approvals.waiting()).extracting(ConsentRequest::id).containsExactly(id);
    assertThat(approvals.resolve(Resolver.OPERATOR, id, true).status()).isEqualTo(Status.APPROVED);

    assertThat(pending(call("{\"a\":2}"))).isNotEqualTo(id);
    assertThat(pending(call("{\"a\":1}", "b", ToolListener.NONE))).isNotEqualTo(id);
    refused(() -> consents.require(call("{\"a\":1}"), "Another reason."), "approval_pending");
    consents.require(call("{\"a\":1}"), WHY);
    assertThat(pending(call("{\"a\":1}"))).isNotEqualTo(id);
  }

  @Test
  void nobodyApprovesACallOfTheirOwn() {
    String id = pending(call("{}"));
    refused(() -> approvals.resolve(Resolver.of(Owner.DEFAULT), id, true), "self_approval");
    refused(() -> approvals.resolve(Resolver.of(Owner.DEFAULT), id, false), "self_approval");
    assertThat(pending(call("{}"))).isEqualTo(id);
    approvals.resolve(Resolver.of(OTHER), id, true);
    refused(() -> approvals.resolve(Resolver.OPERATOR, id, false), "approval_resolved");
    consents.require(call("{}"), WHY);
  }

  @Test
  void aRefusalIsToldAndLastsForAnHour() {
    String id = pending(call("{}"));
    approvals.resolve(Resolver.OPERATOR, id, false);
    refused(() -> consents.require(call("{}"), WHY), "approval_denied");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(61)));
    assertThat(pending(call("{}"))).isNotEqualTo(id);
  }

  @Test
  void anAgreementThatNobodyUsesIsForgottenAndOldRequestsAreNotResolved() {
    String id = pending(call("{}"));
    approvals.resolve(Resolver.OPERATOR, id, true);
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(61)));
    String later = pending(call("{}"));
    assertThat(later).isNotEqualTo(id);
    now.updateAndGet(time -> time.plus(Duration.ofHours(25)));
    refused(() -> approvals.resolve(Resolver.OPERATOR, later, true), "approval_resolved");
    assertThat(approvals.waiting()).isEmpty();
  }

  @Test
  void thePersonAtTheClientIsAskedFirstAndSeesWhatItIsAbout() {
    AtomicReference<Form> asked = new AtomicReference<>();
    consents.require(call("{\"to\":\"x\\ny\"}", "a", answering(asked, "{\"allow\":true}")), WHY);
    assertThat(asked.get().asker()).isEqualTo("Mneme");
    assertThat(asked.get().message()).contains("send", WHY, "\"to\":\"x\\ny\"");
    refused(
        () -> consents.require(call("{}", "a", answering(asked, "{\"allow\":false}")), WHY),
        "approval_denied");
    refused(
        () -> consents.require(call("{}", "a", answering(asked, "{}")), WHY), "approval_denied");
    assertThat(approvals.waiting()).isEmpty();
  }

  @Test
  void callsThatWaitAreFew() {
    for (int i = 0; i < 50; i++) {
      pending(call("{\"a\":" + i + "}"));
    }
    refused(() -> consents.require(call("{}"), WHY), "too_many_approvals");
  }

  private String pending(ToolCall call) {
    AtomicReference<String> id = new AtomicReference<>("");
    assertThatThrownBy(() -> consents.require(call, WHY))
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("approval_pending");
              id.set(e.details().get("approval").toString());
            });
    return id.get();
  }

  private static void refused(Runnable action, String code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(MnemeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static ToolListener answering(AtomicReference<Form> asked, String content) {
    return new ToolListener() {
      @Override
      public Reply ask(Form form) {
        asked.set(form);
        return new Reply.Given(Json.parse(content));
      }
    };
  }

  private static ToolCall call(String arguments) {
    return call(arguments, "a", ToolListener.NONE);
  }

  private static ToolCall call(String arguments, String hash, ToolListener listener) {
    return new ToolCall(
        Caller.of(Owner.DEFAULT, Caller.Face.MCP),
        new ToolIdentity(
            ToolIdentity.Source.LIBRARY, "send", hash.repeat(64), ToolAsks.NOTHING, false),
        ToolCode.of("send.py", "source", Trust.TRUSTED),
        Optional.of("send"),
        (ObjectNode) Json.parse(arguments),
        ToolLimits.DEFAULT,
        listener);
  }
}
