#include "log/audit/lines.h"

#include "base/bytes.h"
#include "base/crypto.h"
#include "log/disclosure.h"

namespace huiyin::log {
namespace {

// The encoded texts of a line that was read, one after another: as they stand in it where it is written as we write it, so that
// they need not be encoded again; else encoded anew, which comes to the same.
class EncodedTexts {
 public:
  explicit EncodedTexts(std::string_view line) : rest_(line) {
    const auto list = rest_.find('[');
    const bool one_list = list != std::string_view::npos && rest_.find('[', list + 1) == std::string_view::npos;
    plain_ = one_list && rest_.find('\\') == std::string_view::npos && rest_.starts_with("{\"index\"");
    if (plain_) rest_.remove_prefix(list);
  }
  std::string_view next(std::string_view text) {
    if (plain_) {
      const auto open = rest_.find('"');
      const auto close = rest_.find('"', open + 1);
      const auto found = rest_.substr(open + 1, close - open - 1);
      rest_.remove_prefix(close + 1);
      return found;
    }
    return made_ = to_base64url(as_bytes(text));
  }

 private:
  std::string_view rest_;
  bool plain_ = false;
  std::string made_;
};

// Whether a text can be one of the facts `t` and `at`; most are not, and need not be read for it.
bool may_be_time(std::string_view text) {
  return text.find("t\"") != std::string_view::npos || text.find('\\') != std::string_view::npos;
}

std::optional<Instant> time_of(const Disclosed& fact) {
  const std::string_view value(fact.value_json);
  return value.size() < 2 ? std::nullopt : instant_from_rfc3339(value.substr(1, value.size() - 2));
}

void find_times(ReadLine& line) {
  for (const auto& text : line.said->texts) {
    if (!may_be_time(text)) continue;
    const auto fact = read_disclosure(text);
    if (fact && fact->name == "t") line.t = time_of(*fact);
    if (fact && fact->name == "at") line.at = time_of(*fact);
  }
}

}  // namespace

std::unique_ptr<std::vector<ReadLine>> read_lines(std::string text) {
  auto lines = std::make_unique<std::vector<ReadLine>>();
  for (std::string_view rest(text); !rest.empty();) {
    const auto end = rest.find('\n');
    const auto one = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    auto& line = lines->emplace_back();
    line.said = parse_disclosed_line(one);
    if (!line.said) {
      line.text = one;
      continue;
    }
    EncodedTexts encoded(one);
    for (const auto& fact : line.said->texts) line.digests.push_back(crypto::sha256(encoded.next(fact)));
    find_times(line);
  }
  return lines;
}

}  // namespace huiyin::log
