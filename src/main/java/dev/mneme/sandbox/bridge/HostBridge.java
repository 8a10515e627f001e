package dev.mneme.sandbox.bridge;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.HostCalls;
import java.util.Map;
import java.util.Optional;

/** Passes each request to the operation of its name and keeps the books of the call's budget. */
public final class HostBridge implements HostCalls {
  private final Map<String, Operation> operations;

  public HostBridge(Map<String, Operation> operations) {
    this.operations = Map.copyOf(operations);
  }

  @Override
  public String answer(Request request) {
    Operation operation =
        Optional.ofNullable(operations.get(request.operation()))
            .orElseThrow(() ->
                MnemeException.denied(
                    "bridge_unavailable",
                    "The bridge is not available for this: the server has no such operation."));
    request.call().grants().budget().request();
    request.call().grants().budget().bytes(request.payload().length());
    String answer = Json.write(operation.answer(request.call(), Json.parse(request.payload())));
    request.call().grants().budget().bytes(answer.length());
    return answer;
  }

  @Override
  public boolean waitsForPerson(String operation) {
    return operation.equals(QuestionAsk.NAME);
  }
}
