#include "cli/mask.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "analysis/personal/finder.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace json = boost::json;

class Masking {
 public:
  Masking(const MaskOptions& options, Host& host)
      : options_(options), host_(host), masks_(personal::masks_of(options.language == "en" ? Language::en : Language::zh)) {}

  int run() {
    LinesIn in(options_.lines, host_);
    WholeFile out(options_.lines.out, host_);
    if (!in.open() || !out.open(options_.lines.in)) return failed;
    while (const auto* row = in.next()) {
      auto fields = in.fields();
      auto line = row->get_object();
      const bool some = mask_fields(line, fields);
      if (!some) fields.refuse("", "", {key::mask_expected_some_field, {{"fields", listed_fields()}}});
      if (in.accepts(fields)) out.write_line(json_text(line));
    }
    if (!in.finish()) {
      out.drop();
      return failed;
    }
    if (!out.keep()) return failed;
    tell(in.rows() - in.faulty());
    return done;
  }

 private:
  [[nodiscard]] bool is_wanted(std::string_view name, const json::value& value) const {
    if (options_.fields.empty()) return value.is_string() && name != "id";
    return std::find(options_.fields.begin(), options_.fields.end(), name) != options_.fields.end();
  }

  [[nodiscard]] std::string listed_fields() const {
    if (options_.fields.empty()) return "“body”, “subject”, ...";
    std::string names;
    for (const auto& name : options_.fields) names += (names.empty() ? "" : ", ") + name;
    return names;
  }

  // False: the line has none of the fields.
  bool mask_fields(json::object& line, FieldReader& fields) {
    std::array<std::size_t, personal::kind_count> counts{};
    bool some = false;
    for (auto& [name, value] : line) {
      if (!is_wanted(name, value) || value.is_null()) continue;
      some = true;
      const auto* words = value.if_string();
      if (words == nullptr) {
        fields.refuse(name, shown(value), {key::mask_expected_words});
        continue;
      }
      const auto masked = finder_.mask({words->data(), words->size()}, masks_);
      for (std::size_t i = 0; i < counts.size(); ++i) counts.at(i) += masked.counts.at(i);
      value = masked.text;
    }
    line["found"] = found(counts);
    return some;
  }

  json::array found(const std::array<std::size_t, personal::kind_count>& counts) {
    json::array list;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts.at(i) == 0) continue;
      list.push_back(json::object{{"kind", personal::name_of(static_cast<personal::Kind>(i))}, {"count", counts.at(i)}});
      all_.at(i) += counts.at(i);
    }
    return list;
  }

  void tell(std::uint64_t lines) {
    std::string kinds;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_.at(i) == 0) continue;
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", personal::name_of(static_cast<personal::Kind>(i)), all_.at(i));
      sum += all_.at(i);
    }
    const auto written = fmt::format("{}", lines);
    const Message message =
        sum == 0 ? Message{key::mask_done_none, {{"lines", written}}}
                 : Message{key::mask_done, {{"lines", written}, {"found", fmt::format("{}", sum)}, {"kinds", kinds}}};
    host_.err << "huiyin: " << say(message, Language::en) << '\n';
  }

  const MaskOptions& options_;
  Host& host_;
  personal::Masks masks_;
  personal::Finder finder_;
  std::array<std::size_t, personal::kind_count> all_{};
};

}  // namespace

int mask_lines(const MaskOptions& options, Host& host) { return Masking(options, host).run(); }

}  // namespace huiyin::cli
