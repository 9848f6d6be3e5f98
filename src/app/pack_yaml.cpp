#include "app/pack_yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <optional>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;

// Ends the reading of a file from within the parser's callbacks.
struct Refused {
  YAML::Mark mark;
  std::string got;
  Message expected;
};

int line_of(const YAML::Mark& mark) { return mark.line + 1; }

// A whole number as JSON writes it; "007" and "1e3" are text.
std::optional<std::int64_t> whole_number(const std::string& text) {
  const auto digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

json::value scalar(const std::string& tag, const std::string& text) {
  const bool plain = tag == "?";  // yaml-cpp's mark for a value without quotes
  if (plain && text == "true") return true;
  if (plain && text == "false") return false;
  if (plain) {
    if (const auto number = whole_number(text)) return *number;
  }
  return json::string(text);
}

// Listens to yaml-cpp's parser and builds the JSON value. The parser's own tree would follow aliases, which lets a short text
// stand for gigabytes, and drops a field that is there twice.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const std::string& file, const std::map<std::string, std::size_t>& list_starts, PackPlaces& places,
          std::vector<PackFault>& faults)
      : file_(file), list_starts_(list_starts), places_(places), faults_(faults) {}

  json::value take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) throw Refused{mark, "---", {key::pack_yaml_one_document}};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    if (awaits_key()) throw Refused{mark, "null", {key::pack_yaml_text_key}};
    place(mark, nullptr);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw Refused{mark, "*", {key::pack_yaml_no_alias}}; }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (awaits_key()) {
      take_key(mark, text);
    } else {
      place(mark, scalar(tag, text));
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, json::array());
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, json::object());
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    json::value value;
    std::string path;
    YAML::Mark mark;
    std::size_t next = 0;            // of a list: the number of its next entry, as paths count
    std::optional<std::string> key;  // of an object: the field whose value comes next
    YAML::Mark key_mark{};
  };

  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) throw Refused{mark, "&", {key::pack_yaml_no_alias}};
  }
  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") throw Refused{mark, shortened(tag), {key::pack_yaml_no_tag}};
  }

  [[nodiscard]] bool awaits_key() const { return !open_.empty() && open_.back().value.is_object() && !open_.back().key; }

  void take_key(const YAML::Mark& mark, const std::string& text) {
    auto& open = open_.back();
    const bool doubled = open.value.get_object().contains(text);
    open.key = text;
    open.key_mark = mark;
    if (!doubled) return;
    const auto path = path_of_next();
    faults_.push_back({file_,
                       line_of(mark),
                       path,
                       shortened(text),
                       {key::pack_yaml_key_once, {{"line", fmt::format("{}", places_[path].line)}}}});
  }

  [[nodiscard]] std::string path_of_next() const {
    if (open_.empty()) return {};
    const auto& open = open_.back();
    if (open.value.is_array()) return fmt::format("{}[{}]", open.path, open.next);
    const auto name = shortened(*open.key);  // as FieldReader names unknown fields
    return open.path.empty() ? name : open.path + "." + name;
  }

  // Where the next value stands: the line of its name, which is where somebody looks for it.
  [[nodiscard]] YAML::Mark mark_of_next(const YAML::Mark& mark) const {
    return !open_.empty() && open_.back().value.is_object() ? open_.back().key_mark : mark;
  }

  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, json::value empty) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (awaits_key()) throw Refused{mark, shown(empty), {key::pack_yaml_text_key}};
    if (open_.size() >= json_depth_max) {
      throw Refused{mark, shown(empty), {key::pack_yaml_depth, {{"max", fmt::format("{}", json_depth_max)}}}};
    }
    Open open{std::move(empty), path_of_next(), mark_of_next(mark), 0, std::nullopt, {}};
    if (open_.size() == 1) {
      if (const auto start = list_starts_.find(open.path); start != list_starts_.end()) open.next = start->second;
    }
    open_.push_back(std::move(open));
  }

  void end() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    place(closed.mark, std::move(closed.value));
  }

  void place(const YAML::Mark& mark, json::value value) {
    places_.emplace(path_of_next(), PackPlace{file_, line_of(mark_of_next(mark))});
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto& open = open_.back(); open.value.is_array()) {
      open.value.get_array().push_back(std::move(value));
      ++open.next;
    } else {
      open.value.get_object().emplace(*open.key, std::move(value));  // the first of two stays
      open.key.reset();
    }
  }

  const std::string& file_;
  const std::map<std::string, std::size_t>& list_starts_;
  PackPlaces& places_;
  std::vector<PackFault>& faults_;
  std::vector<Open> open_;
  json::value root_;
  int documents_ = 0;
};

}  // namespace

json::value yaml_to_json(const std::string& file, const std::string& text, const std::map<std::string, std::size_t>& list_starts,
                         PackPlaces& places, std::vector<PackFault>& faults) {
  if (text.size() > pack_file_bytes_max) {
    faults.push_back(
        {file, 0, "", fmt::format("{}", text.size()), {key::pack_file_size, {{"max", fmt::format("{}", pack_file_bytes_max)}}}});
    return nullptr;
  }
  if (!is_text(text)) {
    faults.push_back({file, 0, "", shortened(text), {key::expected_utf8}});
    return nullptr;
  }
  Builder builder(file, list_starts, places, faults);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {}
    return builder.take();
  } catch (const Refused& refused) {
    faults.push_back({file, line_of(refused.mark), "", refused.got, refused.expected});
  } catch (const YAML::Exception& error) {
    faults.push_back({file, error.mark.is_null() ? 0 : line_of(error.mark), "", "", {key::pack_yaml, {{"reason", error.msg}}}});
  }
  return nullptr;
}

}  // namespace huiyin::app
