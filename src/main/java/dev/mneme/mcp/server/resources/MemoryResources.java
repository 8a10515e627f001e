package dev.mneme.mcp.server.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Texts;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassagePage;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks, the passages of archives in pages, and the journals of agents. Passages and journals are
 * found by their templates and are not listed: there may be very many. Thread-safe.
 */
public final class MemoryResources implements ResourceSource {
  private static final String JSON = "application/json";
  private static final int PASSAGES = 50;
  private static final int ENTRIES = 50;
  private static final int MAX_TEXT = 2_000;

  private final BlockResources blocks;
  private final AgentService agents;
  private final ArchiveService archives;
  private final MemoryHistory history;

  public MemoryResources(
      BlockResources blocks, AgentService agents, ArchiveService archives, MemoryHistory history) {
    this.blocks = blocks;
    this.agents = agents;
    this.archives = archives;
    this.history = history;
  }

  @Override
  public List<McpResource> list(Owner owner) {
    return blocks.list(owner);
  }

  @Override
  public List<McpResourceTemplate> templates() {
    List<McpResourceTemplate> all = new ArrayList<>(blocks.templates());
    all.add(
        new McpResourceTemplate(
            MemoryUris.PASSAGES,
            "passages",
            "The passages of an archive",
            "Newest first, "
                + PASSAGES
                + " at a time; next is the address of the page after. The archive is a name or an"
                + " id; subscribe to hear of changes.",
            JSON));
    all.add(
        new McpResourceTemplate(
            MemoryUris.PASSAGE, "passage", "One passage", "Its whole text.", "text/plain"));
    all.add(
        new McpResourceTemplate(
            MemoryUris.JOURNAL,
            "journal",
            "The journal of an agent's memory",
            "Who changed what, newest first, "
                + ENTRIES
                + " at a time; next is the address of the page after. Subscribe to hear of every"
                + " change.",
            JSON));
    return all;
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    return MemoryUris.parse(uri)
        .map(meant ->
            switch (meant) {
              case MemoryUris.Passages page -> passages(owner, page);
              case MemoryUris.OnePassage one -> passage(owner, one);
              case MemoryUris.JournalPage page -> journal(owner, page);
            })
        .orElseGet(() -> blocks.read(owner, uri));
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    return blocks.onChange(listener);
  }

  private ResourceText passages(Owner owner, MemoryUris.Passages wanted) {
    Archive archive = archive(owner, wanted.archive());
    List<Passage> page =
        archives.listPassages(
            owner, archive.id(), new PassagePage(wanted.after(), true, PASSAGES + 1));
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("archive", archive.id()).put("name", archive.name());
    all.put("total", archives.count(owner, archive.id()));
    ArrayNode list = all.putArray("passages");
    List<Passage> shown = page.subList(0, Math.min(PASSAGES, page.size()));
    for (Passage passage : shown) {
      ObjectNode node = list.addObject().put("id", passage.id());
      node.put("text", shorten(passage.text()));
      passage.tags().forEach(node.putArray("tags")::add);
      node.put("created_at", passage.createdAt().toString());
    }
    String address = MemoryUris.passages(archive.id());
    if (page.size() > PASSAGES) {
      all.put("next", address + "?after=" + shown.getLast().id());
    }
    return new ResourceText(
        wanted.after().map(after -> address + "?after=" + after).orElse(address),
        JSON,
        Json.write(all));
  }

  private ResourceText passage(Owner owner, MemoryUris.OnePassage wanted) {
    Archive archive = archive(owner, wanted.archive());
    Passage passage =
        archives
            .findPassage(owner, wanted.passage())
            .filter(found -> found.archiveId().equals(archive.id()))
            .orElseThrow(MemoryUris::unknown);
    return new ResourceText(
        MemoryUris.passage(archive.id(), passage.id()), "text/plain", passage.text());
  }

  private ResourceText journal(Owner owner, MemoryUris.JournalPage wanted) {
    Agent agent = agents.find(owner, wanted.agent()).orElseThrow(MemoryUris::unknown);
    HistoryQuery query = HistoryQuery.all(ENTRIES + 1);
    List<HistoryEntry> page =
        history.ofAgent(owner, agent.id(), wanted.before().map(query::before).orElse(query));
    List<HistoryEntry> shown = page.subList(0, Math.min(ENTRIES, page.size()));
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("agent", agent.name());
    ArrayNode list = all.putArray("entries");
    shown.forEach(entry -> EntryJson.write(entry, list.addObject()));
    String address = MemoryUris.journal(wanted.agent());
    if (page.size() > ENTRIES) {
      all.put("next", address + "?before=" + shown.getLast().entry().sequence());
    }
    return new ResourceText(
        wanted.before().map(before -> address + "?before=" + before).orElse(address),
        JSON,
        Json.write(all));
  }

  /** By its id, or by a name that only one has. */
  private Archive archive(Owner owner, String name) {
    try {
      if (name.startsWith(Archive.KIND + "-")) {
        return archives.get(owner, name);
      }
    } catch (MnemeException _) {
      throw MemoryUris.unknown();
    }
    List<Archive> named =
        archives.list(owner).stream().filter(archive -> archive.name().equals(name)).toList();
    if (named.size() != 1) {
      throw MemoryUris.unknown();
    }
    return named.getFirst();
  }

  private static String shorten(String text) {
    return Texts.shorten(text, MAX_TEXT);
  }
}
