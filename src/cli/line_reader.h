// LineReader: a stream line by line, never more than line_bytes_max of it in memory. One thread.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::cli {

inline constexpr std::size_t line_bytes_max = std::size_t{1} << 20U;

class LineReader {
 public:
  struct Line {
    std::uint64_t number = 0;  // from 1
    std::string_view text;     // without its line end; valid until the next call
    bool too_long = false;     // longer than line_bytes_max: the text is its beginning, the rest was passed over
  };

  explicit LineReader(std::istream& in) : in_(in), buffer_(buffer_bytes) {}

  // Nothing at the end of the stream. A byte order mark at its beginning is no part of the first line.
  std::optional<Line> next();
  [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_; }

 private:
  static constexpr std::size_t buffer_bytes = std::size_t{1} << 16U;
  bool fill();

  std::istream& in_;
  std::vector<char> buffer_;
  std::string_view rest_;
  std::string line_;
  std::uint64_t number_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace huiyin::cli
