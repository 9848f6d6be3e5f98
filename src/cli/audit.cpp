// `huiyin audit`: reads a published log as a stranger does, says what was proved and what not, and remembers for the next time.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "app/audit_state.h"
#include "app/store.h"
#include "base/text.h"
#include "cli/audit_report.h"
#include "cli/cli.h"
#include "cli/log_folder.h"
#include "log/log_name.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::string_view key_file = "vkey";

bool is_address(std::string_view source) { return source.starts_with("http://") || source.starts_with("https://"); }

class Audit {
 public:
  Audit(const AuditOptions& options, Host& host) : options_(options), host_(host) {}

  int run() {
    try {
      if (!open_source() || !open_state() || !find_keys() || !read_log()) return not_made();
      keep();
    } catch (const app::StoreFailure& fault) {
      refuse({key::audit_state_fault, {{"why", fault.what()}}});
      return not_made();
    }
    host_.out << (options_.json ? as_json(told_) : as_words(told_, options_.language));
    return told_.report.findings.all() == 0 ? done : failed;
  }

 private:
  bool refuse(const Message& message) {
    host_.err << "huiyin: " << say(message, options_.language) << '\n';
    return false;
  }
  int not_made() {
    refuse({key::audit_not_made});
    return wrong_usage;
  }

  bool open_source() {
    if (is_address(options_.source)) files_ = host_.log_at(options_.source);
    else if (std::filesystem::is_directory(options_.source)) files_ = std::make_unique<LogFolder>(options_.source);
    return files_ != nullptr || refuse({key::audit_no_folder, {{"source", options_.source}}});
  }

  bool open_state() {
    if (options_.state.empty()) return true;
    state_ = host_.audit_state(options_.state);
    told_.kept = state_->find_newest();
    told_.has_state = true;
    return true;
  }

  std::optional<log::NoteVerifier> read_key(std::string_view option, const std::string& text, log::SignatureType type,
                                            Key expected) {
    auto key = log::NoteVerifier::parse(trimmed(text));
    if (key && key->type() == type) return key;
    refuse({key::verify_wrong_key, {{"option", std::string(option)}, {"got", shortened(text)}, {"expected", expected}}});
    return std::nullopt;
  }

  // Whether the kept checkpoints are of a log that this one may go on from; what its first entries say of it is audited.
  [[nodiscard]] bool goes_on_from_kept(const log::NoteVerifier& log) {
    const auto kept = told_.kept ? log::NoteVerifier::parse(told_.kept->verifier_key) : std::nullopt;
    if (!kept || kept->type() != log::SignatureType::ed25519 || !log::can_succeed(log.name(), kept->name())) return false;
    before_ = kept;
    return true;
  }

  // The log's key: as the reader says, as it was kept, or else as the log itself says.
  bool find_keys() {
    for (const auto& text : options_.witnesses) {
      auto key = read_key("--witness", text, log::SignatureType::cosignature, key::verify_expected_witness_key);
      if (!key) return false;
      witnesses_.push_back(*std::move(key));
    }
    told_.named_witnesses = !witnesses_.empty();
    if (!options_.log.empty()) {
      log_ = read_key("--vkey", options_.log, log::SignatureType::ed25519, key::verify_expected_log_key);
      if (log_ && told_.kept && told_.kept->verifier_key != log_->vkey() && !goes_on_from_kept(*log_))
        return refuse({key::audit_other_key, {{"got", shortened(options_.log)}, {"expected", told_.kept->verifier_key}}});
      told_.trusts = KeyFrom::reader;
      return log_.has_value();
    }
    auto served = files_->read(std::string(key_file), log::note_bytes_max);
    if (!served.ok()) return refuse(served.error().message);
    served_key_ = std::string(trimmed(served->value_or("")));
    if (auto served_log = log::NoteVerifier::parse(served_key_);
        served_log && served_log->type() == log::SignatureType::ed25519 && goes_on_from_kept(*served_log)) {
      told_.trusts = KeyFrom::log;
      log_ = *std::move(served_log);
      return true;
    }
    told_.trusts = told_.kept ? KeyFrom::state : KeyFrom::log;
    log_ = log::NoteVerifier::parse(told_.kept ? told_.kept->verifier_key : served_key_);
    return (log_ && log_->type() == log::SignatureType::ed25519) || refuse({key::audit_no_key});
  }

  bool read_log() {
    constexpr std::chrono::milliseconds shown_every(500);
    const bool shown = options_.progress || host_.out_is_terminal;
    auto last = host_.clock.monotonic();
    const auto progress = [&](std::uint64_t done_so_far, std::uint64_t all) {
      if (!shown || (done_so_far < all && host_.clock.monotonic() - last < shown_every)) return;
      last = host_.clock.monotonic();
      const Message message{key::audit_progress, {{"done", std::to_string(done_so_far)}, {"all", std::to_string(all)}}};
      host_.err << '\r' << say(message, options_.language) << (done_so_far == all ? "\n" : "") << std::flush;
    };
    log::AuditKnown known{*log_, witnesses_, {}, host_.clock.now()};
    if (before_) {
      known.before = before_;
      known.kept_before = state_->list_checkpoints();
    } else if (told_.kept) {
      known.kept = told_.kept->note;
    }
    auto report = log::audit_log(*files_, known, progress);
    if (!report.ok()) return refuse(report.error().message);
    told_.report = *std::move(report);
    told_.origin = log_->name();
    // Without --vkey the log is asked for its key each time, so that another one shows.
    if (told_.trusts == KeyFrom::state && !served_key_.empty() && served_key_ != log_->vkey())
      told_.report.findings.add(
          {log::AuditFault::key_differs, std::string(key_file), {}, {}, log_->vkey(), shortened(served_key_)});
    return true;
  }

  void keep() {
    if (state_ == nullptr) return;
    const auto& report = told_.report;
    if (report.findings.all() == 0 && report.whole) {
      state_->keep({log_->vkey(), report.head->note, host_.clock.now()}, report.head->checkpoint.size);
      told_.was_kept = true;
    }
    if (!broke_its_word(told_)) return;
    std::map<std::string, std::string> evidence{{"shown-checkpoint", report.shown}, {"vkey", log_->vkey() + "\n"}};
    if (told_.kept) evidence["kept-checkpoint"] = told_.kept->note;
    if (report.head && report.head->note != report.shown) evidence["audited-checkpoint"] = report.head->note;
    if (!served_key_.empty()) evidence["shown-vkey"] = served_key_ + "\n";
    if (before_) evidence["kept-vkey"] = before_->vkey() + "\n";
    std::string first_entries;
    for (const auto& text : report.succession_texts) first_entries += text + "\n";
    if (!first_entries.empty()) evidence["first-entries"] = first_entries;
    told_.evidence = state_->keep_evidence(evidence);
  }

  const AuditOptions& options_;
  Host& host_;
  std::unique_ptr<log::PublishedFiles> files_;
  std::unique_ptr<app::AuditState> state_;
  std::optional<log::NoteVerifier> log_;
  std::optional<log::NoteVerifier> before_;  // of the kept checkpoints, where the log goes on from another one
  std::vector<log::NoteVerifier> witnesses_;
  std::string served_key_;
  ToldAudit told_;
};

}  // namespace

int audit_log(const AuditOptions& options, Host& host) { return Audit(options, host).run(); }

}  // namespace huiyin::cli
