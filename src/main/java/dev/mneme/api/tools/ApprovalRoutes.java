package dev.mneme.api.tools;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Wire;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.consent.Approvals;
import dev.mneme.sandbox.consent.ConsentRequest;
import dev.mneme.sandbox.consent.Resolver;
import dev.mneme.web.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /v1/mneme/approvals}: calls that wait for a person's consent. A key that may approve, or a
 * token with that scope, sees and resolves those of others, any other sees its own.
 */
public final class ApprovalRoutes implements Group {
  private final Approvals approvals;
  private final Set<Owner> approvers;

  /**
   * @param approvers whose keys have the scope
   */
  public ApprovalRoutes(Approvals approvals, Set<Owner> approvers) {
    this.approvals = approvals;
    this.approvers = Set.copyOf(approvers);
  }

  record WireApproval(
      String id,
      String owner,
      String face,
      Optional<String> agentId,
      String source,
      String tool,
      String arguments,
      String why,
      String status,
      String createdAt,
      Optional<String> resolvedAt) {
    static WireApproval of(ConsentRequest request) {
      return new WireApproval(
          request.id(),
          request.ownerName(),
          request.face(),
          request.agentId(),
          request.source(),
          request.tool(),
          request.arguments(),
          request.why(),
          request.status().text(),
          Wire.time(request.createdAt()),
          request.resolvedAt().map(Wire::time));
    }
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/mneme/approvals", this::list);
    endpoints.post("/mneme/approvals/{id}/approve", call -> resolve(call, true));
    endpoints.post("/mneme/approvals/{id}/deny", call -> resolve(call, false));
  }

  private Reply list(Call call) {
    List<ConsentRequest> shown =
        isApprover(call)
            ? approvals.waiting().stream()
                .filter(request -> !request.owner().equals(call.owner()))
                .toList()
            : approvals.own(call.owner());
    return Reply.of(shown.stream().map(WireApproval::of).toList());
  }

  private boolean isApprover(Call call) {
    return approvers.contains(call.owner()) || call.isGranted(Scopes.APPROVE);
  }

  private Reply resolve(Call call, boolean agreed) {
    if (!isApprover(call)) {
      throw MnemeException.denied(
          "approve_scope_required",
          "This key may not approve calls. The operator names those that may in auth.approvers, or"
              + " uses 'mneme approvals'; a token needs the scope 'approve'.");
    }
    Resolver resolver = Resolver.of(call.owner());
    return Reply.of(WireApproval.of(approvals.resolve(resolver, call.path("id"), agreed)));
  }
}
