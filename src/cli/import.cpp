// `huiyin import`: cases from a file, a line each, many on their way at once so that they share commits.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>

#include "app/import_map.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/import_report.h"
#include "cli/json_lines.h"
#include "cli/say_error.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::size_t rows_on_their_way_max = 512;     // two full batches of the Committer
constexpr std::uint64_t internal_faults_max = 20;  // so many rows that fail by our own fault are no accident

std::string english(const Message& message) { return say(message, Language::en); }
std::string written(std::uint64_t number) { return fmt::format("{}", number); }

class Import {
 public:
  Import(Site& site, Host& host, const app::ImportMap& map, const ImportOptions& options, std::filesystem::path report)
      : site_(site), host_(host), map_(map), options_(options), progress_(host), report_(std::move(report)) {}
  ~Import() { wait_for_all(); }  // the answers come to this object
  Import(const Import&) = delete;
  Import& operator=(const Import&) = delete;

  int run(std::istream& in) {
    if (!report_.clear()) return complain({key::import_report_in_the_way, {{"file", report_.file().string()}}});
    LineReader lines(in);
    std::error_code unknown;
    const auto size = std::filesystem::file_size(options_.in, unknown);
    const auto bytes = unknown ? 0 : size;
    bool stopped = false;
    while (!stopped) {
      const auto line = lines.next();
      if (!line) break;
      if (!line->too_long && trimmed(line->text).empty()) continue;
      ++rows_;
      take(*line);
      stopped = failed_already() || (host_.stop_asked && host_.stop_asked());
      progress_.rows(rows_, lines.bytes_read(), bytes);
    }
    wait_for_all();
    return summary(stopped, !stopped && in.bad());
  }

 private:
  void take(const LineReader::Line& line) {
    const auto value = parse_line(line);
    if (!value.ok()) return refuse(line.number, {}, value.error().fields);
    const auto* row = value->if_object();
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

  int complain(const Message& message) {
    host_.err << "huiyin: " << english(message) << '\n';
    return failed;
  }

  int summary(bool stopped, bool broke_off) {
    progress_.end_line();
    const auto file = options_.in.string();
    if (rows_ == 0 && !stopped && !broke_off) return complain({key::lines_file_empty, {{"file", file}}});
    const auto seconds = fmt::format("{:.1f}", static_cast<double>(progress_.elapsed().count()) / 1000);
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
  Progress progress_;
  std::uint64_t rows_ = 0;

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
  std::ifstream in;
  if (const auto why = open_to_read(options.in, in))
    return complain({key::lines_file_unreadable, {{"file", file}, {"reason", *why}}});
  std::error_code error;
  auto report = options.report.value_or(file + ".report.jsonl");
  if (std::filesystem::equivalent(report, options.in, error) || std::filesystem::equivalent(report, options.map, error)) {
    return complain({key::import_report_is_input, {{"file", report.string()}}});
  }
  return Import(site, host, *map, options, std::move(report)).run(in);
}

}  // namespace huiyin::cli
