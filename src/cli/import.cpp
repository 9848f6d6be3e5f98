// `huiyin import`: cases from a file, a line each, many on their way at once so that they share commits.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cerrno>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>

#include "app/import_map.h"
#include "base/catalogue.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/import_report.h"
#include "cli/line_reader.h"
#include "cli/say_error.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::size_t rows_on_their_way_max = 512;     // two full batches of the Committer
constexpr std::uint64_t internal_faults_max = 20;      // so many rows that fail by our own fault are no accident
constexpr std::uint64_t rows_between_looks = 64;       // at the clock
constexpr std::chrono::milliseconds shown_every_terminal{200};
constexpr std::chrono::milliseconds shown_every_file{5000};

std::string english(const Message& message) { return say(message, Language::en); }
std::string written(std::uint64_t number) { return fmt::format("{}", number); }

class Import {
 public:
  Import(Site& site, Host& host, const app::ImportMap& map, const ImportOptions& options, std::filesystem::path report)
      : site_(site),
        host_(host),
        map_(map),
        options_(options),
        began_(host.clock.monotonic()),
        shown_(began_),
        report_(std::move(report)) {}
  ~Import() { wait_for_all(); }  // the answers come to this object
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  int run(std::istream& in) {
    if (!report_.clear()) return complain({key::import_report_in_the_way, {{"file", report_.file().string()}}});
    LineReader lines(in);
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(options_.in, unknown);
    bytes_ = unknown ? 0 : bytes;
    bool stopped = false;
    while (!stopped) {
      const auto line = lines.next();
      if (!line) break;
      if (!line->too_long && trimmed(line->text).empty()) continue;
      ++rows_;
      take(*line);
      stopped = failed_already() || (host_.stop_asked && host_.stop_asked());
      if (rows_ % rows_between_looks == 0) show_progress(lines.bytes_read());
    }
    wait_for_all();
    return summary(stopped, !stopped && in.bad());
  }

 private:
  void take(const LineReader::Line& line) {
    if (line.too_long)
      return refuse(line.number, {},
                    {{"", written(line.text.size()) + "+", {key::import_expected_line, {{"max", written(line_bytes_max)}}}}});
    if (!is_text(line.text)) return refuse(line.number, {}, {{"", "", {key::import_expected_utf8}}});
    auto value = parse_json(line.text);
    if (!value.ok()) {
      Message expected{key::import_expected_valid_json, value.error().message.arguments};
      return refuse(line.number, {}, {{"", "", std::move(expected)}});
    }
    const auto* row = value->if_object();
    if (row == nullptr)
      return refuse(line.number, {}, {{"", value->is_string() ? "text" : shown(*value), {key::import_expected_object}}});
    auto id = app::find_row_id(map_, *row);
    auto imported = app::to_case(map_, *row, host_.clock.now());
    if (!imported.ok()) return refuse(line.number, id, imported.error().fields);
    send(line.number, std::move(id), *std::move(imported));
  }

  void send(std::uint64_t line, std::optional<std::string> id, app::Imported imported) {
    {
      std::unique_lock lock(mutex_);
      answered_.wait(lock, [&] { return on_their_way_ < rows_on_their_way_max; });
      ++on_their_way_;
    }
    site_.cases.import(site_.jurisdiction, std::move(imported), [this, line, id = std::move(id)](Result<bool> fresh) {
      const std::scoped_lock lock(mutex_);  // held to the end: after the last answer this object may go
      --on_their_way_;
      if (fresh.ok()) ++(*fresh ? imported_ : already_);
      else take_failure(line, id, fresh.error());
      answered_.notify_one();
    });
  }

  void refuse(std::uint64_t line, const std::optional<std::string>& id, const std::vector<FieldError>& errors) {
    const std::scoped_lock lock(mutex_);
    report_.refuse(line, id, errors);
  }

  // With the lock held. A row that is wrong is refused; a store that cannot take any ends the import.
  void take_failure(std::uint64_t line, const std::optional<std::string>& id, const Error& error) {
    const bool ours = error.code == Code::internal;
    if (ours) ++internal_faults_;
    if (error.code == Code::unavailable || error.code == Code::overloaded || internal_faults_ > internal_faults_max) {
      if (!failure_) failure_ = error;
      return;
    }
    auto errors = error.fields;
    if (errors.empty()) errors.push_back({"", "", error.message});
    report_.refuse(line, id, errors);
  }

  bool failed_already() {
    const std::scoped_lock lock(mutex_);
    return failure_.has_value();
  }

  void wait_for_all() {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return on_their_way_ == 0; });
  }

  void show_progress(std::uint64_t bytes_read) {
    const auto now = host_.clock.monotonic();
    if (now - shown_ < (host_.out_is_terminal ? shown_every_terminal : shown_every_file)) return;
    shown_ = now;
    const auto seconds = std::max<std::int64_t>((now - began_).count(), 1);
    const auto rate = rows_ * 1000 / static_cast<std::uint64_t>(seconds);
    Message words{key::import_progress_open, {{"done", written(rows_)}, {"rate", written(rate)}}};
    if (bytes_ > 0 && bytes_read > 0 && bytes_read <= bytes_) {
      const auto part = static_cast<double>(bytes_read) / static_cast<double>(bytes_);
      const auto left = static_cast<double>(seconds) / 1000 * (1 - part) / part;
      words.key = key::import_progress;
      words.arguments.emplace_back("part", fmt::format("{:.0f}", part * 100));
      words.arguments.emplace_back("left", fmt::format("{:.0f}", left));
    }
    host_.err << (host_.out_is_terminal ? "\r" : "") << english(words) << (host_.out_is_terminal ? "\x1B[K" : "\n") << std::flush;
    line_open_ = host_.out_is_terminal;
  }

  int complain(const Message& message) {
    host_.err << "huiyin: " << english(message) << '\n';
    return failed;
  }

  int summary(bool stopped, bool broke_off) {
    if (line_open_) host_.err << '\n';
    const auto file = options_.in.string();
    if (rows_ == 0 && !stopped && !broke_off) return complain({key::import_file_empty, {{"file", file}}});
    const auto seconds = fmt::format("{:.1f}", static_cast<double>((host_.clock.monotonic() - began_).count()) / 1000);
    host_.out << english({key::import_summary,
                          {{"imported", written(imported_)},
                           {"already", written(already_)},
                           {"refused", written(report_.refused())},
                           {"seconds", seconds}}})
              << '\n';
    for (const auto& [count, error] : report_.reasons()) {
      const auto field = error.field.empty() ? std::string("row") : error.field;
      host_.out << "  "
                << english({key::import_refused_for,
                            {{"count", written(count)}, {"field", field}, {"expected", english(error.expected)}}})
                << '\n';
    }
    if (const auto other = report_.other_reasons())
      host_.out << "  " << english({key::import_refused_other, {{"count", written(other)}}}) << '\n';
    if (report_.unwritable()) complain({key::import_report_unwritable, {{"file", report_.file().string()}}});
    else if (report_.refused() > 0) host_.out << english({key::import_report_at, {{"file", report_.file().string()}}}) << '\n';
    if (failure_) {
      const bool full = failure_->message.key == key::committer_disk_full;
      const auto reason = failure_->detail.empty() ? english(failure_->message) : failure_->detail;
      complain(full ? Message{key::import_disk_full} : Message{key::import_store_failed, {{"reason", reason}}});
    } else if (stopped) {
      complain({key::import_stopped});
    }
    if (broke_off) complain({key::import_file_broke_off, {{"file", file}}});
    return report_.refused() > 0 || failure_ || stopped || broke_off ? failed : done;
  }

  Site& site_;
  Host& host_;
  const app::ImportMap& map_;
  const ImportOptions& options_;
  std::chrono::milliseconds began_, shown_;
  std::uint64_t bytes_ = 0;  // of the file; 0: unknown
  std::uint64_t rows_ = 0;
  bool line_open_ = false;  // a rewritten line stands on the terminal

  std::mutex mutex_;  // guards what follows: answers come on the Committer's thread
  std::condition_variable answered_;
  std::size_t on_their_way_ = 0;
  std::uint64_t imported_ = 0;
  std::uint64_t already_ = 0;
  std::uint64_t internal_faults_ = 0;
  std::optional<Error> failure_;
  ImportReport report_;
};

}  // namespace

int import_cases(Site& site, Host& host, const ImportOptions& options) {
  const auto map = app::read_import_map_file(options.map, site.jurisdiction.pack);
  if (!map.ok()) return say_error(host, map.error());
  const auto complain = [&](const Message& message) {
    host.err << "huiyin: " << english(message) << '\n';
    return failed;
  };
  const auto file = options.in.string();
  std::error_code error;
  if (std::filesystem::is_directory(options.in, error)) error = std::make_error_code(std::errc::is_a_directory);
  errno = 0;
  std::ifstream in(options.in, std::ios::binary);
  if (!in.is_open()) error = {errno, std::generic_category()};
  if (error) return complain({key::import_file_unreadable, {{"file", file}, {"reason", error.message()}}});
  auto report = options.report.value_or(file + ".report.jsonl");
  if (std::filesystem::equivalent(report, options.in, error) || std::filesystem::equivalent(report, options.map, error)) {
    return complain({key::import_report_is_input, {{"file", report.string()}}});
  }
  return Import(site, host, *map, options, std::move(report)).run(in);
}

}  // namespace huiyin::cli
