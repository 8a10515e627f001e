package dev.mneme.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.Content;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelSettings;
import dev.mneme.model.Models;
import dev.mneme.model.Requests;
import dev.mneme.model.RetrySettings;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.http.Endpoint;
import dev.mneme.model.http.EndpointClient;
import dev.mneme.model.openai.Dialect;
import dev.mneme.model.openai.OpenAiProvider;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that speak almost the protocol, and what they say when they refuse. */
class OddServersTest {
  private WireServer server;
  private OutboundClient client;
  private Models models;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    server =
        new WireServer(
            0,
            (request, out) -> {
              if (request.method().equals("GET")) {
                out.whole(200, Map.of(), "{\"data\":[{\"id\":\"models/m\"}]}");
              } else if (status != 200) {
                out.whole(status, Map.of(), answer);
              } else {
                out.beginEvents();
                out.events(answer);
                out.endEvents();
              }
            });
    URI base = URI.create("http://localhost:" + server.port() + "/v1");
    client = new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(base));
    Endpoint at = new Endpoint("odd", base, Optional.empty(), Map.of(), Duration.ofSeconds(5));
    models =
        new Models(
            List.of(new OpenAiProvider(new EndpointClient(at, () -> client), Dialect.at(base))),
            new ModelSettings(
                Optional.empty(),
                List.of(),
                new RetrySettings(1, Duration.ZERO, Duration.ZERO, Duration.ZERO)),
            new Random(1));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private ChatReply ask() {
    return models.open("odd/m").chat(Requests.of(Requests.user("hi")), ChatListener.NONE);
  }

  private ModelException failure() {
    return catchThrowableOfType(ModelException.class, this::ask);
  }

  private void chunks(String... deltas) {
    StringBuilder events = new StringBuilder();
    for (String delta : deltas) {
      events
          .append("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":")
          .append(delta)
          .append("}]}\n\n");
    }
    answer = events + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  }

  @Test
  void callsWithoutNumbersOrIdsAreToldApart() {
    chunks(
        "{\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{\"x\":1}}},{\"function\":{\"name\":\"b\",\"arguments\":\"{}\"}}]}");
    ChatReply reply = ask();
    assertThat(reply.finish()).isEqualTo(ChatReply.Finish.TOOLS);
    assertThat(reply.toolRequests()).extracting(ToolRequest::name).containsExactly("a", "b");
    assertThat(reply.toolRequests())
        .extracting(ToolRequest::arguments)
        .containsExactly("{\"x\":1}", "{}");
    assertThat(reply.toolRequests()).extracting(ToolRequest::id).doesNotHaveDuplicates();
  }

  @Test
  void callsThatShareANumberAreToldApartByTheirIds() {
    chunks(
        "{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"function\":{\"name\":\"a\",\"arguments\":\"{\"}}]}",
        "{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"function\":{\"arguments\":\"}\"}}]}",
        "{\"tool_calls\":[{\"index\":0,\"id\":\"2\",\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]}");
    assertThat(ask().toolRequests())
        .containsExactly(new ToolRequest("1", "a", "{}"), new ToolRequest("2", "a", "{}"));
  }

  @Test
  void signaturesOfHiddenThoughtsAreKeptWithTheirCall() {
    chunks(
        "{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"extra_content\":{\"google\":{\"thought_signature\":\"s\"}},\"function\":{\"name\":\"a\",\"arguments\":\"{}\"}}]}");
    ChatReply reply = ask();
    assertThat(reply.content())
        .singleElement()
        .isInstanceOfSatisfying(
            Content.RedactedReasoning.class,
            r -> assertThat(r.data()).contains("thought_signature"));
  }

  @Test
  void thoughtsHaveTwoNames() {
    chunks(
        "{\"reasoning\":\"hm\"}",
        "{\"reasoning_content\":\"m\",\"content\":null}",
        "{\"content\":\"x\"}");
    assertThat(ask().content())
        .containsExactly(new Content.Reasoning("hmm", Optional.empty()), Content.text("x"));
  }

  @Test
  void anUnknownReasonToStopAndAMissingEndMarkAreNoFailure() {
    answer = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"eos\"}]}\n\n";
    assertThat(ask().finish()).isEqualTo(ChatReply.Finish.STOP);
  }

  @Test
  void anAnswerThatJustEndsIsIncomplete() {
    answer = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
    assertThat(failure().type()).isEqualTo(ModelException.Type.STREAM_INCOMPLETE);
  }

  @Test
  void halfARequestIsNotMadeToLookWhole() {
    answer =
        "data:"
            + " {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"function\":{\"name\":\"a\",\"arguments\":\"{\\\"x\\\":"
            + " [1\"}}]},\"finish_reason\":\"length\"}]}\n\n";
    ChatReply reply = ask();
    assertThat(reply.finish()).isEqualTo(ChatReply.Finish.LENGTH);
    assertThat(reply.toolRequests().getFirst().arguments()).isEqualTo("{\"x\": [1");
  }

  @Test
  void errorsInTheMiddleAreErrors() {
    answer = "data: {\"error\":{\"code\":502,\"message\":\"upstream\"},\"choices\":[]}\n\n";
    assertThat(failure().type()).isEqualTo(ModelException.Type.ERROR);
    answer = "data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}\n\n";
    assertThat(failure().type()).isEqualTo(ModelException.Type.RATE_LIMIT);
    answer = "data: <html>\n\n";
    assertThat(failure().type()).isEqualTo(ModelException.Type.INVALID_RESPONSE);
  }

  @Test
  void refusalsAreUnderstoodInEveryForm() {
    refused(
        400,
        "{\"error\":{\"code\":\"context_length_exceeded\"}}",
        ModelException.Type.CONTEXT_WINDOW_EXCEEDED);
    refused(
        400,
        "{\"error\":\"the request exceeds the available context size\"}",
        ModelException.Type.CONTEXT_WINDOW_EXCEEDED);
    refused(
        400,
        "[{\"error\":{\"code\":400,\"message\":\"The input token count (9) exceeds\"}}]",
        ModelException.Type.CONTEXT_WINDOW_EXCEEDED);
    refused(413, "", ModelException.Type.CONTEXT_WINDOW_EXCEEDED);
    refused(
        429,
        "{\"error\":{\"code\":\"insufficient_quota\"}}",
        ModelException.Type.INSUFFICIENT_CREDITS);
    refused(
        400,
        "{\"error\":{\"message\":\"Your credit balance is too low\"}}",
        ModelException.Type.INSUFFICIENT_CREDITS);
    refused(
        429,
        "{\"error\":{\"message\":\"too many tokens per minute\"}}",
        ModelException.Type.RATE_LIMIT);
    refused(529, "{\"error\":{\"type\":\"overloaded_error\"}}", ModelException.Type.ERROR);
    refused(403, "no", ModelException.Type.AUTHENTICATION);
    refused(422, "<html>" + "x".repeat(5000), ModelException.Type.BAD_REQUEST);
    refused(502, "Bad Gateway", ModelException.Type.ERROR);
  }

  private void refused(int code, String body, ModelException.Type type) {
    status = code;
    answer = body;
    ModelException failure = failure();
    assertThat(failure.type()).as(body).isEqualTo(type);
    assertThat(failure.message().length()).isLessThan(400);
  }
}
