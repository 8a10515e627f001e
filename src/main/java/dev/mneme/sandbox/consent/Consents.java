package dev.mneme.sandbox.consent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.common.Texts;
import dev.mneme.common.Timestamps;
import dev.mneme.sandbox.consent.ConsentRequest.Status;
import dev.mneme.secret.SecretMask;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the person at the client; where there is none, keeps a request. What was approved counts
 * once and for the very same call: owner, agent, tool, code, arguments and reason. Thread-safe.
 */
public final class Consents implements Consent {
  /** How long an agreement, or a refusal, counts. */
  private static final Duration COUNTS = Duration.ofHours(1);

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MAX_PENDING = 50;
  private static final int SHOWN = 2_000;
  private static final int ASKED = 600;
  private static final String ALLOW = "allow";

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;

  public Consents(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void require(ToolCall call, String why) {
    String fingerprint = fingerprint(call, why);
    Optional<ConsentRequest> known = settled(call, fingerprint);
    if (known.isPresent()) {
      if (known.get().status() == Status.APPROVED) {
        return;
      }
      throw denied(call);
    }
    switch (call.listener().ask(form(call, why))) {
      case Reply.Given given -> {
        if (!given.value().path(ALLOW).asBoolean()) {
          throw denied(call);
        }
      }
      case Reply.Declined _ -> throw denied(call);
      case Reply.Closed _, Reply.Nobody _ -> throw pending(call, why, fingerprint);
    }
  }

  /** Uses up what was agreed to. */
  private Optional<ConsentRequest> settled(ToolCall call, String fingerprint) {
    Instant after = clock.instant().minus(COUNTS);
    return database
        .scope(call.owner())
        .write(tx -> {
          Optional<ConsentRequest> last =
              ConsentRows.last(tx, fingerprint, after)
                  .filter(request -> request.status() != Status.PENDING);
          last.filter(request -> request.status() == Status.APPROVED)
              .ifPresent(request -> ConsentRows.use(tx, request.id()));
          return last;
        });
  }

  private MnemeException pending(ToolCall call, String why, String fingerprint) {
    Instant now = Timestamps.stored(clock.instant());
    ConsentRequest fresh =
        new ConsentRequest(
            ids.next("approval"),
            call.owner(),
            "",
            call.caller().face().text(),
            call.caller().agentId(),
            call.tool().source().text(),
            call.tool().name(),
            shown(call, SHOWN),
            why,
            Status.PENDING,
            now,
            Optional.empty(),
            Optional.empty());
    String id =
        database
            .scope(call.owner())
            .write(tx -> {
              ConsentRows.sweep(tx, now.minus(KEPT));
              Optional<ConsentRequest> waiting =
                  ConsentRows.last(tx, fingerprint, now.minus(Approvals.WAITS))
                      .filter(request -> request.status() == Status.PENDING);
              if (waiting.isPresent()) {
                return waiting.get().id();
              }
              if (ConsentRows.pending(tx, now.minus(Approvals.WAITS)) >= MAX_PENDING) {
                throw MnemeException.limit(
                    "too_many_approvals",
                    MAX_PENDING + " calls wait for a person's consent; have some resolved first.");
              }
              ConsentRows.insert(tx, fresh, fingerprint);
              return fresh.id();
            });
    return MnemeException.denied(
            "approval_pending",
            "A person has to agree to this call of "
                + call.tool().name()
                + " first, and nobody could be asked here. It waits as "
                + id
                + ": the operator resolves it with 'mneme approvals approve "
                + id
                + "', or somebody whose key may approve. Then make the very same call again, within"
                + " an hour.")
        .withDetails(Map.of("approval", id));
  }

  private static MnemeException denied(ToolCall call) {
    return MnemeException.denied(
        "approval_denied",
        "A person refused this call of " + call.tool().name() + ". Do not repeat it.");
  }

  private static Form form(ToolCall call, String why) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema
        .putObject("properties")
        .putObject(ALLOW)
        .put("type", "boolean")
        .put("title", "Allow this one call");
    schema.putArray("required").add(ALLOW);
    return new Form(
        "Mneme",
        "May the tool "
            + call.tool().name()
            + " ("
            + call.tool().source().text()
            + ") be called? "
            + why
            + "\nIts arguments: "
            + shown(call, ASKED),
        schema);
  }

  /** Nothing in the arguments may look like another line of the question. */
  private static String shown(ToolCall call, int most) {
    List<SecretText> secrets = new ArrayList<>(call.grants().secrets().values());
    call.arguments()
        .path("environment")
        .forEach(value -> secrets.add(new SecretText(value.asText())));
    String text =
        SecretMask.of(secrets).mask(Json.write(call.given())).replaceAll("\\p{Cntrl}", " ");
    return Texts.shorten(text, most);
  }

  private static String fingerprint(ToolCall call, String why) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("domain", call.caller().domain());
    all.put("source", call.tool().source().text());
    all.put("tool", call.tool().name());
    all.put("sha256", call.tool().sha256());
    all.set("given", call.given());
    call.setup()
        .files()
        .files()
        .forEach(file -> all.withArrayProperty("files").add(Sha256.hex(file.base64())));
    all.put("why", why);
    return Sha256.hex(Json.write(all));
  }
}
