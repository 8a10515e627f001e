package dev.mneme.sandbox;

import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Workers that serve one trust domain each: a few spares that serve nobody yet, and those that were
 * given to a domain by its first call and stay with it. The longest idle one makes room when there
 * may be no more.
 */
final class StickySlots extends Slots {
  /** More at once are not ready sooner: starting is work for the engine's locks and the disk. */
  private static final int STARTS_AT_ONCE = 4;

  /** A domain whose worker is busy waits this long for it before it is given a second one. */
  private static final long SECOND_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A spare is not worth taking a worker from someone who will be back in a moment. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Sticky sticky;

  StickySlots(PoolSettings settings, int ready, Sticky sticky) {
    super(settings, ready);
    this.sticky = sticky;
  }

  /** The domain's own that was used last, so that others age; else a spare. */
  @Override
  Optional<Slot> idle(Demand demand) {
    List<Slot> free = free(demand);
    Optional<Slot> own =
        free.stream()
            .filter(slot -> slot.domain.isPresent())
            .max(Comparator.comparingLong(slot -> slot.since));
    return own.or(() -> free.stream().findFirst());
  }

  @Override
  void assign(Slot slot, String domain) {
    super.assign(slot, domain);
    slot.domain = Optional.of(domain);
  }

  /** After anything that code does only to break something, nothing of the worker is trusted. */
  @Override
  boolean isSpent(Slot slot, ToolOutcome last, long now) {
    boolean abnormal =
        last instanceof Failure failure
            && failure.reason() != Reason.ERROR
            && failure.reason() != Reason.CANCELLED;
    return abnormal || slot.calls >= sticky.calls() || isOld(slot, now);
  }

  @Override
  boolean isNeedy(Demand demand, long waitingSince, long now) {
    return now - waitingSince > SECOND_AFTER_NANOS
        || count(slot -> slot.domain.isPresent() && slot.serves(demand)) == 0;
  }

  @Override
  boolean needsOne(int needy, String image) {
    if (size() >= settings.max()) {
      return false;
    }
    return wantsOne(needy, image);
  }

  @Override
  boolean needsSpare(long now) {
    return false;
  }

  @Override
  Optional<Slot> victim(int needy, String image, long now) {
    if (size() < settings.max() || !wantsOne(needy, image)) {
      return Optional.empty();
    }
    return copy().stream()
        .filter(slot -> slot.isIdle() && (slot.domain.isPresent() || wanted(slot.image) == 0))
        .filter(slot -> needy > 0 || now - slot.since > QUIET_NANOS)
        .min(Comparator.comparingLong(slot -> slot.since));
  }

  @Override
  boolean isSurplus(Slot slot, long now) {
    if (!slot.isIdle()) {
      return false;
    }
    boolean unused = now - slot.since > settings.idleAfter().toNanos();
    return slot.domain.isPresent()
        ? unused || isOld(slot, now)
        : unused && spares(slot.image) > wanted(slot.image);
  }

  /** Whether a start is due: for one who waits, or a spare, which never competes with those. */
  private boolean wantsOne(int needy, String image) {
    int starting = count(slot -> !slot.everReady);
    int spares = spares(image);
    return needy > spares
        ? starting < STARTS_AT_ONCE
        : needy == 0 && spares < wanted(image) && starting == 0;
  }

  private int spares(String image) {
    return count(slot -> slot.domain.isEmpty() && !slot.busy && slot.image.equals(image));
  }

  /** Spares of other images than the usual one would be of use to few. */
  private int wanted(String image) {
    return image.equals(Demand.USUAL) ? ready : 0;
  }

  private boolean isOld(Slot slot, long now) {
    return now - slot.born > sticky.age().toNanos();
  }
}
