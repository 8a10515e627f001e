package dev.mneme.sandbox;

import dev.mneme.common.MnemeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request that came over the bridge; whatever happens, there is an answer. */
record BridgeAnswer(HostCalls hostCalls, PendingCall call, WorkerMessage.Bridge request) {
  private static final Logger log = LoggerFactory.getLogger(BridgeAnswer.class);

  byte[] line() {
    if (!hostCalls.waitsForPerson(request.operation())) {
      return answer();
    }
    call.pause();
    try {
      return answer();
    } finally {
      call.resume();
    }
  }

  private byte[] answer() {
    try {
      String answer =
          hostCalls.answer(
              new HostCalls.Request(call.work().call(), request.operation(), request.payload()));
      return WorkerProtocol.bridgeResult(request.request(), answer);
    } catch (MnemeException e) {
      return WorkerProtocol.bridgeRefusal(request.request(), e.message());
    } catch (RuntimeException e) {
      log.error("A request of sandboxed code failed.", e);
      return WorkerProtocol.bridgeRefusal(
          request.request(), "The server could not answer the request.");
    }
  }
}
