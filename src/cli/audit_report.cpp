#include "cli/audit_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/audit_words.h"
#include "base/canonical_json.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

using enum log::AuditFault;

// Whether none of these was found.
template <class... Fault>
bool clean(const log::AuditFindings& findings, Fault... faults) {
  return ((findings.count(faults) == 0) && ...);
}

std::string number(std::uint64_t value) { return std::to_string(value); }

// A witness may say any time; what no calendar of ours holds is shown as it came.
std::string time_text(std::uint64_t seconds) {
  const auto time = static_cast<std::int64_t>(seconds);
  return time < latest_instant.ms / 1000 ? to_rfc3339({time * 1000}) : number(seconds);
}

class Words {
 public:
  Words(const ToldAudit& told, Language language) : told_(told), report_(told.report), language_(language) {}

  std::string all() {
    const auto& findings = report_.findings;
    line({key::audit_of, {{"origin", told_.origin}}});
    if (findings.all() == 0) line({key::audit_holds});
    else line({key::audit_wrong, {{"count", number(findings.all())}}});
    if (broke_its_word(told_)) line({key::audit_gravest});
    if (!report_.whole) line({key::audit_not_whole});
    tell_successions();
    tell_what_was_read();
    text_ += '\n';
    tell_proved();
    tell_open();
    tell_findings();
    tell_state();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string say(const Message& message) const { return huiyin::say(message, language_); }
  void line(const Message& message, std::string_view before = "") { text_ += fmt::format("{}{}\n", before, say(message)); }
  void point(Key part, const Message& message) { text_ += fmt::format("  [{}] {}\n", say({part}), say(message)); }
  void proved(const Message& message) { point(key::verify_part_yes, message); }
  void open(Key key) { point(key::verify_part_open, {key}); }

  // What the log itself says of those it goes on from.
  void tell_successions() {
    for (const auto& one : report_.successions) {
      const bool restored = one.reason == log::SuccessionReason::restored;
      line({restored ? key::audit_succession_restored : key::audit_succession_rotated,
            {{"before", one.origin},
             {"day", one.day},
             {"size", number(one.size)},
             {"kept", number(one.kept)},
             {"lost", number(one.size - one.kept)}}});
    }
  }

  // What an auditor who saw a log before finds of it here.
  void tell_seen_before() {
    const auto& seen = *report_.seen_before;
    const auto& before = report_.kept->checkpoint.origin;
    if (seen.proved > 0) proved({key::audit_says_repeats, {{"proved", number(seen.proved)}, {"before", before}}});
    const auto point_open = [&](const Message& message) { point(key::verify_part_open, message); };
    if (seen.repeated > seen.proved)
      point_open({key::audit_open_repeated, {{"count", number(seen.repeated - seen.proved)}, {"before", before}}});
    if (seen.seen > seen.repeated)
      point_open(
          {key::audit_open_lost, {{"lost", number(seen.seen - seen.repeated)}, {"seen", number(seen.seen)}, {"before", before}}});
  }

  void tell_what_was_read() {
    text_ += '\n';
    line({key::audit_read});
    if (report_.entries == 0) return line({key::audit_read_no_entries}, "  ");
    line({key::audit_read_entries,
          {{"entries", number(report_.entries)},
           {"records", number(report_.records)},
           {"sealed", number(report_.sealed)},
           {"first", report_.first_day},
           {"last", report_.last_day}}},
         "  ");
    line({key::audit_read_files,
          {{"bundles", number(report_.bundles)},
           {"tiles", number(report_.tiles)},
           {"packs", number(report_.packs)},
           {"months", number(report_.disclosure_files)}}},
         "  ");
    line(
        {key::audit_read_disclosed, {{"facts", number(report_.disclosed_facts)}, {"entries", number(report_.disclosed_entries)}}},
        "  ");
  }

  [[nodiscard]] const std::vector<log::Vouched>& seen_by() const {
    static const std::vector<log::Vouched> nobody;
    return report_.head ? report_.head->vouched : nobody;
  }

  // What an audit that found something says nothing of is not proved.
  void tell_proved() {
    const auto& found = report_.findings;
    if (!report_.head) return;
    const auto& head = report_.head->checkpoint;
    proved({key::audit_says_signed, {{"size", number(head.size)}, {"origin", head.origin}}});
    if (!seen_by().empty()) proved({key::audit_says_witnessed, {{"witnesses", vouched()}}});
    const bool tree = report_.whole && clean(found, file_missing, file_malformed, tile_differs, root_differs, served_twice);
    if (!tree) return;
    proved({key::audit_says_tree});
    if (told_.kept && report_.begins_with_kept)
      proved(
          {key::audit_says_continues, {{"size", number(report_.kept->checkpoint.size)}, {"time", to_rfc3339(told_.kept->time)}}});
    if (report_.seen_before) tell_seen_before();
    if (clean(found, entry_too_long, entry_not_canonical, entry_unknown, succession_misplaced, chain_number, chain_prev,
              day_backwards, dated_ahead, dated_back, pack_differs))
      proved({key::audit_says_entries});
    if (clean(found, disclosure_malformed, disclosure_misplaced, disclosure_foreign, disclosure_missing, disclosure_early,
              time_missing, time_unfit))
      proved({key::audit_says_disclosures});
    if (report_.figures_size && clean(found, figures_malformed, figure_differs))
      proved({key::audit_says_figures, {{"size", number(*report_.figures_size)}}});
  }

  void tell_open() {
    if (told_.trusts == KeyFrom::log) open(key::audit_open_key);
    if (told_.trusts == KeyFrom::state) open(key::audit_open_key_kept);
    const bool only_by_names = !report_.successions.empty() && !report_.seen_before;
    if (only_by_names) open(key::audit_open_succession);
    if (!told_.has_state) open(key::audit_open_before);
    else if (!told_.kept && told_.was_kept) open(key::audit_open_first);
    if (!told_.named_witnesses) open(key::audit_open_witnesses);
    else if (seen_by().empty()) open(key::audit_open_not_witnessed);
    open(key::audit_open_decoys);
    open(key::audit_open_entered);
  }

  void tell_findings() {
    const auto& findings = report_.findings;
    if (findings.all() == 0) return;
    text_ += '\n';
    line({key::audit_findings});
    for (const auto fault : log::all_audit_faults()) {  // the gravest first
      std::uint64_t shown = 0;
      for (const auto& one : findings.kept()) {
        if (one.what != fault) continue;
        if (shown++ == 0) point(key::verify_part_no, {app::words_of(fault)});
        line(app::place_of(one), "    - ");
        if (!one.expected.empty()) line({key::audit_expected, {{"expected", one.expected}}}, "      ");
        if (!one.found.empty()) line({key::audit_found, {{"found", one.found}}}, "      ");
      }
      if (findings.count(fault) > shown) line({key::audit_more, {{"count", number(findings.count(fault) - shown)}}}, "    ");
    }
  }

  void tell_state() {
    if (!told_.has_state) return;
    text_ += '\n';
    line({told_.was_kept ? key::audit_kept : key::audit_not_kept});
    if (!told_.evidence.empty()) line({key::audit_evidence, {{"folder", told_.evidence}}});
  }

  [[nodiscard]] std::string vouched() const {
    std::string all;
    for (const auto& one : seen_by()) {
      const auto next = say({key::verify_vouched, {{"witness", one.witness}, {"time", time_text(one.time)}}});
      all = all.empty() ? next : say({key::verify_list, {{"before", all}, {"next", next}}});
    }
    return all;
  }

  const ToldAudit& told_;
  const log::AuditReport& report_;
  Language language_;
  std::string text_;
};

std::string json_quoted(std::string_view text) {
  std::string out;
  write_canonical_string(out, text);
  return out;
}

template <class Items, class Write>
std::string listed(const Items& items, const Write& write) {
  std::string out = "[";
  for (const auto& one : items) out += (out.size() > 1 ? "," : "") + write(one);
  return out + "]";
}

std::string head_json(const std::optional<log::AuditedHead>& head) {
  if (!head) return "null";
  const auto& checkpoint = head->checkpoint;
  return fmt::format(R"({{"origin":{},"size":{},"root":"{}","witnesses":{}}})", json_quoted(checkpoint.origin), checkpoint.size,
                     to_base64(checkpoint.root), listed(head->vouched, [](const log::Vouched& one) {
                       return fmt::format(R"({{"name":{},"time":{}}})", json_quoted(one.witness), one.time);
                     }));
}

std::string finding_json(const log::AuditFinding& one) {
  return fmt::format(R"({{"what":{},"file":{},"entry":{},"detail":{},"expected":{},"found":{}}})", json_quoted(name_of(one.what)),
                     json_quoted(one.file), one.entry ? number(*one.entry) : "null", json_quoted(one.detail),
                     json_quoted(one.expected), json_quoted(one.found));
}

std::string counts_json(const log::AuditFindings& findings) {
  std::string out;
  for (const auto fault : log::all_audit_faults()) {
    if (findings.count(fault) > 0)
      out += fmt::format("{}{}:{}", out.empty() ? "" : ",", json_quoted(name_of(fault)), findings.count(fault));
  }
  return "{" + out + "}";
}

std::string succession_json(const log::SuccessionEntry& one) {
  return fmt::format(R"({{"origin":{},"day":{},"reason":{},"size":{},"root":"{}","kept":{}}})", json_quoted(one.origin),
                     json_quoted(one.day), json_quoted(name_of(one.reason)), one.size, to_base64(one.root), one.kept);
}

std::string seen_before_json(const std::optional<log::SeenBefore>& seen) {
  if (!seen) return "null";
  return fmt::format(R"({{"seen":{},"repeated":{},"proved":{}}})", seen->seen, seen->repeated, seen->proved);
}

std::string_view name_of(KeyFrom from) {
  switch (from) {
    case KeyFrom::reader: return "reader";
    case KeyFrom::state: return "state";
    case KeyFrom::log: return "log";
  }
  return "";
}

}  // namespace

bool broke_its_word(const ToldAudit& told) { return told.report.findings.has_gravest() && (told.kept || told.report.head); }

std::string as_words(const ToldAudit& told, Language language) { return Words(told, language).all(); }

std::string as_json(const ToldAudit& told) {
  const auto& report = told.report;
  const auto read = fmt::format(
      R"({{"entries":{},"records":{},"sealed":{},"bundles":{},"tiles":{},"packs":{},"disclosed_entries":{},)"
      R"("disclosed_facts":{},"disclosure_files":{},"figures_size":{},"first_day":{},"last_day":{}}})",
      report.entries, report.records, report.sealed, report.bundles, report.tiles, report.packs, report.disclosed_entries,
      report.disclosed_facts, report.disclosure_files, report.figures_size ? number(*report.figures_size) : "null",
      json_quoted(report.first_day), json_quoted(report.last_day));
  return fmt::format(R"({{"holds":{},"whole":{},"origin":{},"key_from":"{}","checkpoint":{},"kept":{},"begins_with_kept":{},)"
                     R"("successions":{},"seen_before":{},"read":{},)"
                     R"("counts":{},"findings":{},"was_kept":{},"evidence":{}}})"
                     "\n",
                     report.findings.all() == 0, report.whole, json_quoted(told.origin), name_of(told.trusts),
                     head_json(report.head), head_json(report.kept), report.begins_with_kept,
                     listed(report.successions, succession_json), seen_before_json(report.seen_before), read,
                     counts_json(report.findings), listed(report.findings.kept(), finding_json), told.was_kept,
                     told.evidence.empty() ? "null" : json_quoted(told.evidence));
}

}  // namespace huiyin::cli
