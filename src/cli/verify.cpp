// `huiyin verify`: what a receipt proves and what not, without asking anybody.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/finding_words.h"
#include "base/canonical_json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::string_view proof_mark = "c2sp.org/tlog-proof@";

// What stands in the file, as far as anything that is read here can be long; nothing when it cannot be read.
std::optional<std::string> read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(log::receipt_bytes_max + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad() || (in.gcount() == 0 && !in.eof())) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

class Verify {
 public:
  Verify(const VerifyOptions& options, Host& host) : options_(options), host_(host) {}

  int run() {
    const auto trusted = read_keys();
    const auto file = read(options_.file);
    if (!trusted || !file) return wrong_usage;
    const auto check = file->starts_with(proof_mark) ? check_bare(*file, *trusted) : check_whole(*file, *trusted);
    if (!check) return wrong_usage;
    if (options_.json) host_.out << as_json(*check) << '\n';
    else tell(*check);
    // Whoever names witnesses asks for their word.
    const bool missed = !options_.witnesses.empty() && check->has(log::Finding::not_witnessed);
    return check->proved() && !missed ? done : failed;
  }

 private:
  [[nodiscard]] std::string say(const Message& message) const { return huiyin::say(message, options_.language); }
  std::nullopt_t refuse(const Message& message) {
    host_.err << "huiyin: " << say(message) << '\n';
    return std::nullopt;
  }

  std::optional<std::string> read(const std::filesystem::path& path) {
    auto bytes = read_bytes(path);
    if (!bytes) refuse({key::verify_no_file, {{"file", path.string()}}});
    return bytes;
  }

  bool read_keys_of(std::string_view option, const std::vector<std::string>& texts, log::SignatureType type, Key expected,
                    std::vector<log::NoteVerifier>& keys) {
    for (const auto& text : texts) {
      auto key = log::NoteVerifier::parse(trimmed(text));
      if (!key || key->type() != type) {
        refuse({key::verify_wrong_key, {{"option", std::string(option)}, {"got", shortened(text)}, {"expected", expected}}});
        return false;
      }
      keys.push_back(*std::move(key));
    }
    return true;
  }

  std::optional<log::Trusted> read_keys() {
    log::Trusted trusted;
    const bool logs =
        read_keys_of("--vkey", options_.logs, log::SignatureType::ed25519, key::verify_expected_log_key, trusted.logs);
    const bool witnesses = read_keys_of("--witness", options_.witnesses, log::SignatureType::cosignature,
                                        key::verify_expected_witness_key, trusted.witnesses);
    return logs && witnesses ? std::optional(std::move(trusted)) : std::nullopt;
  }

  std::optional<log::ReceiptCheck> check_bare(std::string_view file, const log::Trusted& trusted) {
    const auto proof = log::parse_proof_file(file);
    if (!proof) return refuse({key::verify_unreadable_proof});
    if (options_.entry.empty()) return refuse({key::verify_wants_entry});
    const auto entry = read(options_.entry);
    return entry ? std::optional(log::check_proof(*entry, *proof, trusted)) : std::nullopt;
  }

  std::optional<log::ReceiptCheck> check_whole(std::string_view file, const log::Trusted& trusted) {
    if (!options_.entry.empty()) return refuse({key::verify_has_entry});
    const auto receipt = log::parse_receipt(file);
    if (receipt.ok()) return log::check_receipt(*receipt, trusted);
    refuse(receipt.error().message);
    for (const auto& field : receipt.error().fields)
      host_.err << fmt::format("  {}: '{}' / {}\n", field.field, field.got, say(field.expected));
    return std::nullopt;
  }

  [[nodiscard]] std::string vouched(const log::ReceiptCheck& check) const {
    std::string all;
    for (const auto& one : check.vouched) {
      // A witness may say any time; what no calendar of ours holds is shown as it came.
      const auto seconds = static_cast<std::int64_t>(one.time);
      const auto time = seconds < latest_instant.ms / 1000 ? to_rfc3339({seconds * 1000}) : std::to_string(one.time);
      const auto next = say({key::verify_vouched, {{"witness", one.witness}, {"time", time}}});
      all = all.empty() ? next : say({key::verify_list, {{"before", all}, {"next", next}}});
    }
    return all;
  }

  void tell(const log::ReceiptCheck& check) {
    app::FindingWords words;
    words.index = std::to_string(check.index);
    if (check.checkpoint) {
      words.size = std::to_string(check.checkpoint->size);
      words.origin = printable(check.checkpoint->origin);
    }
    words.witnesses = vouched(check);
    auto& out = host_.out;
    out << say({app::words_of(check.verdict())}) << "\n\n";
    for (const auto finding : check.findings)
      out << fmt::format("  [{}] {}\n", say({app::words_of(log::weight_of(finding))}), say(app::words_of(finding, words)));
    const auto open = [&](Key key) { out << fmt::format("  [{}] {}\n", say({key::verify_part_open}), say({key})); };
    if (check.vouched.empty()) open(key::verify_not_when);
    open(key::verify_not_true);
    if (check.disclosed.empty()) return;
    out << '\n' << say({key::verify_says}) << '\n';
    for (const auto& one : check.disclosed) out << fmt::format("  {}: {}\n", shortened(one.name), printable(one.value_json));
  }

  static std::string as_json(const log::ReceiptCheck& check) {
    const auto quoted = [](std::string_view text) {
      std::string out;
      write_canonical_string(out, text);
      return out;
    };
    const auto list = [](const auto& items, const auto& item) {
      std::string out = "[";
      for (const auto& one : items) out += (out.size() > 1 ? "," : "") + item(one);
      return out + "]";
    };
    std::string head = "null";
    if (check.checkpoint) {
      head = fmt::format(R"({{"origin":{},"size":{},"root":"{}"}})", quoted(check.checkpoint->origin), check.checkpoint->size,
                         to_base64(check.checkpoint->root));
    }
    return fmt::format(
        R"({{"verdict":"{}","findings":{},"index":{},"checkpoint":{},"witnesses":{},"disclosed":{},)"
        R"("unknown_signatures":{}}})",
        name_of(check.verdict()), list(check.findings, [&](auto one) { return quoted(name_of(one)); }), check.index, head,
        list(check.vouched,
             [&](const auto& one) { return fmt::format(R"({{"name":{},"time":{}}})", quoted(one.witness), one.time); }),
        list(check.disclosed,
             [&](const auto& one) { return fmt::format(R"({{"name":{},"value":{}}})", quoted(one.name), one.value_json); }),
        check.unknown_signatures);
  }

  const VerifyOptions& options_;
  Host& host_;
};

}  // namespace

int verify_receipt(const VerifyOptions& options, Host& host) { return Verify(options, host).run(); }

}  // namespace huiyin::cli
