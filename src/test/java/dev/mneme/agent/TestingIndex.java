package dev.mneme.agent;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageIndex;
import dev.mneme.memory.PassageQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Remembers what it was told; finds what the test puts into {@link #hits}. */
public final class TestingIndex implements PassageIndex {
  public final List<String> refreshed = new ArrayList<>();
  public final List<String> erased = new ArrayList<>();
  public final List<PassageHit> hits = new ArrayList<>();

  @Override
  public synchronized void refresh(Collection<String> passageIds, long sequence) {
    refreshed.addAll(passageIds);
  }

  @Override
  public synchronized void erase(Collection<String> passageIds) {
    erased.addAll(passageIds);
  }

  @Override
  public List<PassageHit> search(Owner owner, PassageQuery query) {
    return List.copyOf(hits);
  }
}
