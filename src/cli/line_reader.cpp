#include "cli/line_reader.h"

namespace huiyin::cli {

bool LineReader::fill() {
  in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  rest_ = {buffer_.data(), static_cast<std::size_t>(in_.gcount())};
  return !rest_.empty();
}

std::optional<LineReader::Line> LineReader::next() {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  line_.clear();
  bool any = false;
  bool too_long = false;
  bool ended = false;
  while (!ended && (!rest_.empty() || fill())) {
    any = true;
    const auto end = rest_.find('\n');
    ended = end != std::string_view::npos;
    const auto part = rest_.substr(0, end);
    const auto room = line_bytes_max - line_.size();
    too_long = too_long || part.size() > room;
    line_.append(part.substr(0, room));
    const auto taken = part.size() + (ended ? 1 : 0);
    rest_.remove_prefix(taken);
    bytes_ += taken;
  }
  if (!any) return std::nullopt;
  ++number_;
  std::string_view text = line_;
  if (number_ == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.ends_with('\r')) text.remove_suffix(1);
  return Line{number_, text, too_long};
}

}  // namespace huiyin::cli
