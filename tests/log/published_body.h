// A body that publishes a log, in memory: entries as the program writes them, their disclosures, cells and figures, and every
// file of it as docs/formats/log.md has them. What it wrote can be spoiled before it is signed (by the body itself) or after (by
// anybody).
#pragma once

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "log/audit/audit.h"
#include "log/bundle.h"
#include "log/disclosed_line.h"
#include "log/disclosure.h"
#include "log/figures.h"
#include "log/sample_receipt.h"
#include "log/tree.h"

namespace huiyin::log {

// Files by name; those of disclosures are given in small pieces, as a disk or a network would.
class FilesInMemory final : public PublishedFiles {
 public:
  Result<std::optional<std::string>> read(const std::string& name, std::size_t) override {
    asked.push_back(name);
    if (before_read) before_read(name);
    const auto found = files.find(name);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  }
  Result<std::unique_ptr<FilePieces>> open(const std::string& name) override {
    if (before_read) before_read(name);
    const auto found = files.find(name);
    if (found == files.end()) return std::unique_ptr<FilePieces>();
    return std::unique_ptr<FilePieces>(std::make_unique<Pieces>(found->second));
  }

  std::map<std::string, std::string> files;
  std::vector<std::string> asked;
  std::function<void(const std::string&)> before_read;

 private:
  class Pieces final : public FilePieces {
   public:
    explicit Pieces(std::string text) : text_(std::move(text)) {}
    Result<std::string> next() override {
      constexpr std::size_t piece_bytes = 1000;
      const auto from = std::min(std::exchange(at_, at_ + piece_bytes), text_.size());
      return text_.substr(from, piece_bytes);
    }

   private:
    std::string text_;
    std::size_t at_ = 0;
  };
};

struct Act {
  unsigned record = 0;
  std::string kind, day;
  std::string unit{};
  bool on_time = true;
};

class PublishedBody {
 public:
  static constexpr std::string_view pack = R"({"k":3,"zone":"Asia/Shanghai"})";

  NoteSigner signer{"log.example/town/log1", sample_key(1)};
  Cosigner witness{"witness.example/reader", sample_key(2)};
  std::vector<std::string> texts;                      // of the entries
  std::vector<std::vector<std::string>> disclosures;   // of each
  std::map<Hash, std::string> packs{{crypto::sha256(pack), std::string(pack)}};
  Hash pack_in_force = crypto::sha256(pack);

  // What the body did next. Each entry has two facts that are never told, as decoys are.
  void act(const Act& what) {
    auto& chain = chains_[what.record];
    Entry entry;
    entry.kind = "case." + what.kind;
    entry.day = what.day;
    entry.area = "water";
    if (!what.unit.empty()) entry.unit = what.unit;
    entry.role = "officer";
    std::ranges::copy(ByteView(crypto::sha256(std::to_string(what.record))).first(entry.rec.size()), entry.rec.begin());
    entry.n = ++chain.n;
    entry.prev = chain.prev;
    entry.pack = pack_in_force;
    const auto moment = '"' + what.day + "T01:00:00.000Z\"";
    auto& facts = disclosures.emplace_back();
    tell(entry, facts, "t", moment);
    tell(entry, facts, "at", moment);
    tell(entry, facts, "channel", "\"web\"");
    tell(entry, facts, "category", "\"water.pressure\"");
    if (what.kind == "answered") tell(entry, facts, "on_time", what.on_time ? "true" : "false");
    entry.fine.push_back(random_.bytes<32>());
    entry.fine.push_back(random_.bytes<32>());
    for (auto& digest : entry.sd) digest = random_.bytes<32>();
    append(canonical(entry), chain);
  }
  void act_sealed(const std::string& day) {
    SealedEntry entry;
    entry.day = day;
    for (auto& digest : entry.fine) digest = random_.bytes<32>();
    for (auto& digest : entry.sd) digest = random_.bytes<32>();
    texts.push_back(canonical(entry));
    disclosures.emplace_back();
  }
  // A case that was received, given to the unit and answered.
  void live(unsigned record, const std::string& day, const std::string& unit) {
    act({record, "submitted", day});
    act({record, "assigned", day, unit});
    act({record, "answered", day, unit, record % 3 != 0});
  }

  // All files, as the body publishes them now.
  [[nodiscard]] FilesInMemory publish() const {
    FilesInMemory out;
    auto& files = out.files;
    Tree tree;
    TilesInMemory tiles;
    for (const auto& text : texts) tree.append(leaf_hash(as_bytes(text)));
    tiles.store(tree);
    for (const auto& [id, hashes] : tiles.tiles)
      files[tile_path(id, static_cast<unsigned>(hashes.size() / sizeof(Hash)))] = as_text(hashes);
    for (std::size_t first = 0; first < texts.size(); first += bundle_entries_max) {
      const auto width = std::min(bundle_entries_max, texts.size() - first);
      files[entries_path(first / bundle_entries_max, static_cast<unsigned>(width))] =
          as_text(write_bundle(std::span(texts).subspan(first, width)));
    }
    for (const auto& [hash, json] : packs) files["packs/" + to_hex(hash)] = json;
    files["vkey"] = signer.vkey() + "\n";
    files["checkpoint"] = signer.sign(checkpoint_text({signer.name(), tree.size(), tree.root()}));
    publish_facts(files);
    return out;
  }
  // The checkpoint with the witness's line under it.
  [[nodiscard]] std::string witnessed(const std::string& note, std::uint64_t time) const {
    return note + to_text(witness.cosign(parse_note(note)->text, time));
  }

 private:
  struct Chain {
    std::uint64_t n = 0;
    std::optional<Hash> prev;
  };

  void append(std::string text, Chain& chain) {
    chain.prev = leaf_hash(as_bytes(text));
    texts.push_back(std::move(text));
  }
  void tell(Entry& entry, std::vector<std::string>& facts, std::string_view name, std::string_view value) {
    const auto made = disclose(random_.bytes<salt_bytes>(), name, value);
    entry.fine.push_back(made.digest());
    facts.push_back(made.text);
  }

  // Of what is an entry at all.
  void publish_facts(std::map<std::string, std::string>& files) const {
    Cells cells([&](const Hash& hash) { return packs.contains(hash) ? cell_records_of(packs.at(hash)) : cell_records_usual; });
    Figures figures(cells);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto entry = parse_any_entry(texts[i]);
      if (!entry) {
        cells.pass_over();
        continue;
      }
      cells.add(i, *entry);
      figures.add(i, *entry);
      figures.add(DisclosedLine{i, disclosures[i]});
    }
    for (const auto month : cells.open_months()) {
      auto& file = files["disclosures/" + to_text(month) + ".jsonl"];
      for (const auto index : cells.list_open(month, 0, texts.size())) file += disclosed_line(index, disclosures[index]);
    }
    files["figures.json"] = figures_json(figures, signer.name());
  }

  SeededRandom random_{5};
  std::map<unsigned, Chain> chains_;
};

}  // namespace huiyin::log
