#include "cli/import_report.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/catalogue.h"
#include "base/text.h"

namespace huiyin::cli {

namespace json = boost::json;
namespace fs = std::filesystem;

bool ImportReport::clear() {
  std::error_code error;
  if (!fs::exists(file_, error)) return true;
  constexpr std::string_view beginning = R"({"line":)";
  if (!fs::is_regular_file(file_, error)) return false;
  std::string begins(beginning.size(), '\0');
  std::ifstream in(file_, std::ios::binary);
  in.read(begins.data(), static_cast<std::streamsize>(begins.size()));
  const bool ours = in.gcount() == 0 || begins == beginning;
  return ours && fs::remove(file_, error);
}

void ImportReport::refuse(std::uint64_t line, const std::optional<std::string>& id, const std::vector<FieldError>& errors) {
  ++refused_;
  json::object row{{"line", line}};
  if (id) row["id"] = shortened(*id);
  json::array list;
  for (const auto& error : errors) {
    list.push_back({{"field", shortened(error.field)}, {"got", error.got}, {"expected", say(error.expected, Language::en)}});
  }
  row["errors"] = std::move(list);
  write(json::serialize(row));
  if (errors.empty()) {
    ++other_;
    return;
  }
  const auto& first = errors.front();
  const std::pair which(first.field, first.expected.key.name);
  if (!reasons_.contains(which) && reasons_.size() >= reasons_max) {
    ++other_;
    return;
  }
  auto& reason = reasons_[which];
  ++reason.count;
  reason.example = first;
}

void ImportReport::write(const std::string& line) {
  if (unwritable_) return;
  if (!out_.is_open()) {
    out_.open(file_, std::ios::binary | std::ios::trunc);
    std::error_code ignored;  // where there are no permissions there is nothing to keep
    fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write, ignored);
  }
  out_ << line << '\n' << std::flush;
  unwritable_ = !out_;
}

std::vector<std::pair<std::uint64_t, FieldError>> ImportReport::reasons() const {
  std::vector<std::pair<std::uint64_t, FieldError>> out;
  for (const auto& [which, reason] : reasons_) out.emplace_back(reason.count, reason.example);
  std::ranges::stable_sort(out, std::greater(), [](const auto& one) { return one.first; });
  return out;
}

}  // namespace huiyin::cli
