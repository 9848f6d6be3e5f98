#include "pages/form.h"

#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {

std::string_view Typed::value(std::string_view name) const {
  const auto found = std::ranges::find(values, name, [](const auto& pair) { return std::string_view(pair.first); });
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

bool Typed::has(std::string_view name) const {
  return std::ranges::any_of(values, [&](const auto& pair) { return pair.first == name; });
}

const FieldError* Typed::fault(std::string_view name) const {
  if (!error || error->code != Code::invalid) return nullptr;
  const auto found = std::ranges::find(error->fields, name, &FieldError::field);
  return found == error->fields.end() ? nullptr : &*found;
}

Form::Form(const Setting& here, std::string id, Typed typed) : here_(here), id_(std::move(id)), typed_(std::move(typed)) {}

bool Form::touched(std::string_view prefix) const {
  const auto begins = [&](std::string_view name) { return name.starts_with(prefix); };
  const bool typed =
      std::ranges::any_of(typed_.values, [&](const auto& pair) { return begins(pair.first) && !pair.second.empty(); });
  const bool wrong = typed_.error && typed_.error->code == Code::invalid &&
                     std::ranges::any_of(typed_.error->fields, [&](const auto& fault) { return begins(fault.field); });
  return typed || wrong;
}

std::string Form::id_of(std::string_view name) const {
  std::string out = (id_.empty() ? "field" : id_) + "-" + std::string(name);
  std::ranges::replace(out, '.', '-');
  std::ranges::replace(out, '_', '-');
  return out;
}

// The sentence of an API's "expected" made fit for a person at a form.
std::string Form::fault_words(const FieldError& fault) const {
  const auto& expected = fault.expected;
  if (expected.key == key::expected_not_empty) return here_.say(key::field_empty);
  const bool choice = expected.key == key::expected_boolean || expected.key == key::expected_one_of ||
                      expected.key == key::expected_category || expected.key == key::expected_unit ||
                      expected.key == key::expected_road || expected.key == key::expected_pause ||
                      expected.key == key::expected_staff_login;
  if (choice) return here_.say(key::field_choose);
  if (expected.key == key::expected_length) {
    auto arguments = expected.arguments;
    arguments.emplace_back("got", fault.got);
    return here_.say(key::field_too_long, std::move(arguments));
  }
  return here_.say(key::field_expected, {{"expected", here_.say(expected)}});
}

Form::Described Form::describe(std::string_view name, std::string_view label, std::string_view hint) {
  labels_.emplace_back(name, label);
  const auto id = id_of(name);
  Described out;
  std::string ids;
  if (!hint.empty()) {
    out.hint = tag("p", {{"class", "hint"}, {"id", id + "-hint"}}, {hint});
    ids = id + "-hint";
  }
  if (const auto* fault = typed_.fault(name)) {
    out.fault = tag("p", {{"class", "fault"}, {"id", id + "-fault"}},
                    {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"▲"}), fault_words(*fault)});
    ids += (ids.empty() ? "" : " ") + id + "-fault";
  }
  if (!ids.empty()) out.ids = std::move(ids);
  return out;
}

Html Form::field(std::string_view name, std::string_view label, const FieldLook& look) {
  const auto id = id_of(name);
  const auto described = describe(name, label, look.hint);
  const std::optional<std::string> invalid = described.fault.empty() ? std::nullopt : std::optional<std::string>("true");
  Html control;
  if (look.rows > 0) {
    control = tag("textarea",
                  {{"id", id},
                   {"name", name},
                   {"rows", std::to_string(look.rows)},
                   {"aria-describedby", described.ids},
                   {"aria-invalid", invalid}},
                  {typed_.value(name)});
  } else {
    const bool password = look.type == "password";
    const auto mode = look.code ? std::optional<std::string>("characters") : std::nullopt;
    control = tag("input", {{"id", id},
                            {"type", look.type},
                            {"name", name},
                            {"class", look.code ? std::optional<std::string>("code") : std::nullopt},
                            {"value", password ? std::optional<std::string>() : std::optional(std::string(typed_.value(name)))},
                            {"autocomplete", look.autocomplete},
                            {"autocapitalize", mode},
                            {"inputmode", look.inputmode},
                            {"spellcheck", look.code ? std::optional<std::string>("false") : std::nullopt},
                            {"aria-describedby", described.ids},
                            {"aria-invalid", invalid}});
  }
  auto head = tag("label", {{"for", id}},
                  {label, look.optional ? tag("span", {{"class", "optional"}}, {here_.say(key::field_optional)}) : Html()});
  return tag("div", {{"class", described.fault.empty() ? "field" : "field wrong"}},
             {std::move(head), described.hint, described.fault, std::move(control)});
}

Html Form::select(std::string_view name, std::string_view label, std::string_view hint, const Html& options) {
  const auto id = id_of(name);
  const auto described = describe(name, label, hint);
  const std::optional<std::string> invalid = described.fault.empty() ? std::nullopt : std::optional<std::string>("true");
  return tag(
      "div", {{"class", described.fault.empty() ? "field" : "field wrong"}},
      {tag("label", {{"for", id}}, {label}), described.hint, described.fault,
       tag("select", {{"id", id}, {"name", name}, {"aria-describedby", described.ids}, {"aria-invalid", invalid}}, {options})});
}

Html Form::choices(std::string_view name, std::string_view legend, std::string_view hint, const std::vector<Option>& options) {
  const auto described = describe(name, legend, hint);
  Html list;
  for (const auto& one : options) {
    // The first carries the plain id, so that the summary's link finds the group.
    const auto id = &one == options.data() ? id_of(name) : id_of(name) + "-" + one.value;
    list += tag(
        "div", {{"class", "choice"}},
        {tag("input",
             {{"id", id}, {"type", "radio"}, {"name", name}, {"value", one.value}, {"checked", typed_.value(name) == one.value}}),
         tag("label", {{"for", id}}, {one.words})});
  }
  return tag(
      "fieldset", {{"class", described.fault.empty() ? "field" : "field wrong"}, {"aria-describedby", described.ids}},
      {tag("legend", {}, {legend}), described.hint, described.fault, tag("div", {{"class", "choices"}}, {std::move(list)})});
}

Html Form::check(std::string_view name, std::string_view label, std::string_view hint) {
  const auto id = id_of(name);
  const auto described = describe(name, label, hint);
  return tag("div", {{"class", "field"}},
             {tag("div", {{"class", "choice"}},
                  {tag("input", {{"id", id},
                                 {"type", "checkbox"},
                                 {"name", name},
                                 {"value", "true"},
                                 {"checked", typed_.value(name) == "true"},
                                 {"aria-describedby", described.ids}}),
                   tag("label", {{"for", id}}, {label})}),
              described.hint});
}

Html Form::summary() const {
  if (!typed_.error) return {};
  Html list;
  // In the order of the page, then what belongs to no field of it.
  for (const auto& [name, label] : labels_) {
    const auto* fault = typed_.fault(name);
    if (fault == nullptr) continue;
    const auto words = here_.say(key::fault_at, {{"label", label}, {"fault", fault_words(*fault)}});
    list += tag("li", {}, {link("#" + id_of(name), words)});
  }
  if (typed_.error->code == Code::invalid) {
    for (const auto& fault : typed_.error->fields) {
      const bool shown = std::ranges::any_of(labels_, [&](const auto& pair) { return pair.first == fault.field; });
      if (!shown) list += tag("li", {}, {fault_words(fault)});
    }
  }
  const auto id = (id_.empty() ? std::string("form") : id_) + "-summary";
  return tag("div", {{"class", "summary"}, {"role", "alert"}, {"tabindex", "-1"}, {"id", id}},
             {tag("p", {{"class", "summary-head"}},
                  {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"▲"}), here_.say(typed_.error->message)}),
              list.empty() ? Html() : tag("ul", {}, {std::move(list)})});
}

Html option(std::string_view value, std::string_view words, bool selected) {
  return tag("option", {{"value", value}, {"selected", selected}}, {words});
}

Html category_options(const Setting& here, std::string_view selected, std::string_view none) {
  Html out = option("", none, selected.empty());
  for (const auto& area : here.pack.categories) {
    if (area.parent) continue;
    Html leaves;
    for (const auto& one : here.pack.categories) {
      const bool has_children =
          std::ranges::any_of(here.pack.categories, [&](const auto& child) { return child.parent == one.code; });
      if (!has_children && here.pack.top_of(one.code) == area.code) {
        leaves += option(one.code.text, here.in(one.name), selected == one.code.text);
      }
    }
    out += tag("optgroup", {{"label", here.in(area.name)}}, {std::move(leaves)});
  }
  return out;
}

namespace {

constexpr int unit_depth_max = 16;

void add_units(const Setting& here, const std::optional<UnitCode>& parent, int depth, std::string_view selected, Html& out) {
  if (depth > unit_depth_max) return;
  std::string indent;
  for (int i = 0; i < depth; ++i) indent += "\u3000";
  for (const auto& unit : here.pack.units) {
    if (unit.parent != parent) continue;
    out += option(unit.code.text, indent + here.in(unit.name), selected == unit.code.text);
    add_units(here, unit.code, depth + 1, selected, out);
  }
}

}  // namespace

Html unit_options(const Setting& here, std::string_view selected, std::string_view none) {
  Html out = option("", none, selected.empty());
  add_units(here, std::nullopt, 0, selected, out);
  return out;
}

Html road_options(const Setting& here, std::string_view selected, std::string_view none) {
  Html out = option("", none, selected.empty());
  for (const auto& road : here.pack.roads) out += option(road.code.text, here.in(road.name), selected == road.code.text);
  return out;
}

Html pause_options(const Setting& here, std::string_view selected, std::string_view none) {
  Html out = option("", none, selected.empty());
  for (const auto& pause : here.pack.pauses) {
    if (pause.code == rules::correction_pause) continue;  // it comes with its own act
    out += option(pause.code.text, here.in(pause.name), selected == pause.code.text);
  }
  return out;
}

std::vector<std::string> written_in(const Typed& typed) {
  std::vector<std::string> out;
  for (const auto& [name, words] : typed.values) {
    if ((name == "words" || name == "reason" || name.starts_with("parts.")) && !words.empty()) out.push_back(words);
  }
  return out;
}

std::vector<Option> either(const Setting& here, Key yes, Key no) { return {{"true", here.say(yes)}, {"false", here.say(no)}}; }

}  // namespace huiyin::pages
