package dev.mneme.api.memory;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockFilter;
import dev.mneme.memory.BlockFinder;
import dev.mneme.memory.BlockService;
import java.util.List;
import java.util.stream.Stream;

/** {@code /v1/blocks}. */
public final class BlockRoutes implements Group {
  private static final String ONE = "/blocks/{block_id}";

  private final BlockService blocks;
  private final BlockFinder finder;

  public BlockRoutes(BlockService blocks, BlockFinder finder) {
    this.blocks = blocks;
    this.finder = finder;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/blocks", this::create);
    endpoints.get("/blocks", this::list);
    endpoints.get("/blocks/count", this::count);
    endpoints.get(ONE, this::retrieve);
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
  }

  private Reply create(Call call) {
    return reply(call, blocks.create(call.owner(), BlockBodies.draft(call.body()), call.change()));
  }

  private Reply list(Call call) {
    if (matchesNothing(call)) {
      return Reply.of(List.of());
    }
    List<Block> found = finder.list(call.owner(), filter(call), call.page(50, false));
    return Reply.of(WireBlock.all(call.owner(), found));
  }

  private Reply count(Call call) {
    return Reply.of(finder.count(call.owner(), filter(call)));
  }

  private Reply retrieve(Call call) {
    return reply(call, blocks.get(call.owner(), id(call)));
  }

  private Reply update(Call call) {
    Body body = call.body();
    return reply(
        call, blocks.update(call.owner(), id(call), BlockBodies.update(body), call.change()));
  }

  private Reply delete(Call call) {
    blocks.delete(call.owner(), id(call), call.change());
    return Reply.nothing();
  }

  private static BlockFilter filter(Call call) {
    return new BlockFilter(
        call.query("label"),
        call.query("label_search"),
        call.query("description_search"),
        call.query("value_search"),
        call.queries("tags"),
        call.flag("match_all_tags").orElse(false),
        call.integer("connected_to_agents_count_gt"),
        call.integer("connected_to_agents_count_lt"),
        call.integers("connected_to_agents_count_eq"));
  }

  /** There are neither templates nor projects nor identities here. */
  private static boolean matchesNothing(Call call) {
    return call.flag("templates_only").orElse(false)
        || Stream.of("name", "identity_id", "identifier_keys", "project_id")
            .anyMatch(name -> !call.queries(name).isEmpty());
  }

  private static String id(Call call) {
    return call.id("block_id", "block");
  }

  private static Reply reply(Call call, Block block) {
    return Reply.of(WireBlock.of(call.owner(), block));
  }
}
