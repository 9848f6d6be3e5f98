#include "app/pack_reader.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <system_error>

#include "app/calendar_check.h"
#include "app/calendar_reader.h"
#include "app/pack_check.h"
#include "app/pack_yaml.h"
#include "base/canonical_json.h"
#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;

constexpr std::string_view main_file = "pack.yaml";
constexpr std::array<std::string_view, 7> sections{"units", "categories", "limits", "pauses", "roads", "offices", "answers"};
constexpr std::string_view calendar_ending = ".ics";

// Puts the files of a pack together into one JSON object, knowing where each value came from.
class Assembly {
 public:
  explicit Assembly(const PackFiles& files) : files_(files) {}

  PackReading read() && {
    const auto main = files_.find(main_file);
    if (main == files_.end()) {
      faults_.push_back({std::string(main_file), 0, "", "", {key::pack_file_missing}});
      return finish();
    }
    auto value = yaml_to_json(main->first, main->second, {}, places_, faults_);
    if (!value.is_object()) {
      if (faults_.empty()) faults_.push_back({main->first, 0, "", shown(value), {key::pack_file_missing}});
      return finish();
    }
    root_ = std::move(value.get_object());
    read_listed_files();
    if (!whole_) return finish();  // with a list missing, most of what the check would say is not the author's fault
    PackContent content;
    for (auto& error : check_pack(root_, content)) note(std::move(error));
    if (faults_.empty()) json_ = canonical_json(pack_to_json(content));
    return finish();
  }

 private:
  void read_listed_files() {
    const json::value listed = root_.contains("files") ? root_["files"] : json::value(json::array());
    root_.erase("files");
    order_.emplace_back(main_file);
    read_calendar_file();
    const auto* names = listed.if_array();
    if (names == nullptr || names->size() > pack_files_max) {
      note({"files",
            names == nullptr ? shown(listed) : fmt::format("{}", names->size()),
            {key::expected_list, {{"min", "0"}, {"max", fmt::format("{}", pack_files_max)}}}});
      whole_ = false;
      return;
    }
    for (std::size_t i = 0; i < names->size(); ++i) read_listed_file(fmt::format("files[{}]", i), (*names)[i]);
    for (const auto& [name, text] : files_) {
      if (std::ranges::find(order_, name) == order_.end()) faults_.push_back({name, 0, "", "", {key::pack_file_listed}});
    }
  }

  void read_listed_file(const std::string& where, const json::value& listed) {
    const auto* text = listed.if_string();
    const std::string name = text == nullptr ? "" : std::string(*text);
    const auto found = files_.find(name);
    const bool fits = is_code(name) && name.ends_with(".yaml");
    const bool again = std::ranges::find(order_, name) != order_.end();
    if (!fits || again || found == files_.end()) {
      note({where, shown(listed), {!fits ? key::pack_file_name : again ? key::pack_file_once : key::pack_file_found}});
      whole_ = false;
      return;
    }
    order_.push_back(name);
    std::map<std::string, std::size_t> starts;
    for (const auto section : sections) {
      const auto* list = root_.if_contains(section);
      starts.emplace(section, list != nullptr && list->is_array() ? list->get_array().size() : 0);
    }
    const auto before = faults_.size();
    auto value = yaml_to_json(name, found->second, starts, places_, faults_);
    if (value.is_object()) {
      for (auto& member : value.get_object()) take_section(name, member.key(), member.value());
    } else {
      whole_ = false;
      if (faults_.size() == before) faults_.push_back({name, 0, "", shown(value), {key::pack_section}});
    }
  }

  // calendar.file -> calendar.days, with the lines of the iCalendar file.
  void read_calendar_file() {
    auto* calendar = root_.if_contains("calendar");
    if (calendar == nullptr || !calendar->is_object()) return;
    const auto* listed = calendar->get_object().if_contains("file");
    if (listed == nullptr) return;
    const std::string name = listed->is_string() ? std::string(listed->get_string()) : "";
    const auto found = files_.find(name);
    const bool fits = is_code(name) && name.ends_with(calendar_ending) && !calendar->get_object().contains("days");
    if (!fits || found == files_.end()) {
      note({"calendar.file", shown(*listed), {fits ? key::pack_file_found : key::calendar_file_name}});
      whole_ = false;
      return;
    }
    order_.push_back(name);
    const auto before = faults_.size();
    json::array days;
    for (const auto& entry : read_calendar(name, found->second, faults_)) {
      const auto path = fmt::format("calendar.days[{}]", days.size());
      const auto place = [&](std::string_view field, int line) {
        places_.emplace(path + std::string(field), PackPlace{name, line > 0 ? line : entry.line});
      };
      place("", entry.line);
      place(".first", entry.first_line);
      place(".last", entry.last_line);
      place(".name", entry.name_line);
      place(".works", entry.kind_line);
      days.push_back(special_days_json(entry.days));
    }
    if (faults_.size() != before) whole_ = false;  // what the check would miss stands there, with its fault
    calendar->get_object().erase("file");
    calendar->get_object()["days"] = std::move(days);
  }

  void take_section(const std::string& file, std::string_view name, json::value& value) {
    if (std::ranges::find(sections, name) == sections.end()) {
      const auto where = shortened(name);
      faults_.push_back({file, line_in(file, where), where, shown(value), {key::pack_section}});
      return;
    }
    auto* here = root_.if_contains(name);
    if (here == nullptr) {
      root_.emplace(name, std::move(value));
    } else if (here->is_array() && value.is_array()) {
      for (auto& entry : value.get_array()) here->get_array().push_back(std::move(entry));
    } else {
      faults_.push_back({file, line_in(file, std::string(name)), std::string(name), shown(value), {key::pack_section}});
    }
  }

  // 0 when the place belongs to another file: a list's own line is known of the first file only.
  int line_in(const std::string& file, const std::string& where) const {
    const auto found = places_.find(where);
    return found != places_.end() && found->second.file == file ? found->second.line : 0;
  }

  void note(FieldError error) {
    const auto place = place_of(error.field);
    faults_.push_back({place.file, place.line, std::move(error.field), std::move(error.got), std::move(error.expected)});
  }

  // Something missing is named where it ought to stand: at the entry it is missing from.
  PackPlace place_of(std::string path) const {
    for (;;) {
      if (const auto found = places_.find(path); found != places_.end()) return found->second;
      const auto cut = path.find_last_of(".[");
      if (cut == std::string::npos) break;
      path.resize(cut);
    }
    return {std::string(main_file), 1};
  }

  PackReading finish() {
    const auto rank = [this](const PackFault& fault) {
      return std::pair(std::ranges::find(order_, fault.file) - order_.begin(), fault.line);
    };
    std::ranges::stable_sort(faults_, {}, rank);
    return {std::move(faults_), std::move(json_)};
  }

  const PackFiles& files_;
  json::object root_;
  PackPlaces places_;
  std::vector<PackFault> faults_;
  std::vector<std::string> order_;  // the files, as read
  std::string json_;
  bool whole_ = true;  // every listed file could be read
};

}  // namespace

PackReading read_pack_files(const PackFiles& files) { return Assembly(files).read(); }

PackReading read_pack_folder(const std::filesystem::path& folder) {
  PackFiles files;
  std::vector<PackFault> faults;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(folder, error); !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const auto& path = entry->path();
    if (path.extension() != ".yaml" && path.extension() != calendar_ending) continue;
    const auto name = path.filename().string();
    if (files.size() + faults.size() > pack_files_max) {
      faults.push_back({name, 0, "", "", {key::pack_file_count, {{"max", fmt::format("{}", pack_files_max)}}}});
      break;
    }
    std::ifstream in(path, std::ios::binary);
    std::string text(pack_file_bytes_max + 1, '\0');  // one more than may be, so that the reader sees that it is too long
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || !in.eof()) {
      const bool readable = in.is_open() && in.gcount() > 0;
      faults.push_back({name, 0, "", "",
                        readable ? Message{key::pack_file_size, {{"max", fmt::format("{}", pack_file_bytes_max)}}}
                                 : Message{key::pack_file_readable}});
      continue;
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    files.emplace(name, std::move(text));
  }
  if (!faults.empty()) return {std::move(faults), {}};
  return read_pack_files(files);
}

Result<rules::Pack> pack_from_json(std::string_view text) {
  const auto value = parse_json(text);
  if (!value) return value.error();
  PackContent content;
  if (auto errors = check_pack(*value, content); !errors.empty()) return invalid_fields(std::move(errors));
  content.pack.hash = crypto::sha256(canonical_json(pack_to_json(content)));
  return std::move(content.pack);
}

Result<rules::Pack> pack_outline_from_json(std::string_view text) {
  const auto value = parse_json(text);
  if (!value) return value.error();
  auto outline = outline_of(*value);
  outline.hash = crypto::sha256(text);
  return outline;
}

std::string say(const PackFault& fault, Language language) {
  auto place = fault.file;
  if (fault.line > 0) place += fmt::format(":{}", fault.line);
  if (!fault.where.empty()) place += " " + fault.where;
  // Some expectations are sentences of their own, not things that could have stood there.
  constexpr std::array sentences{key::expected_not_empty, key::expected_no_such_field, key::expected_field_like};
  const bool sentence = std::ranges::find(sentences, fault.expected.key) != sentences.end();
  const Message message{sentence            ? key::pack_fault_plain
                        : fault.got.empty() ? key::pack_fault_missing
                                            : key::pack_fault,
                        {{"place", place}, {"got", fault.got}, {"expected", say(fault.expected, language)}}};
  return say(message, language);
}

}  // namespace huiyin::app
