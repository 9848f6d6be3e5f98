// JSON lines, for every command of the language engine: what is read (`--in FILE`, or `-` for standard input) and what is
// written (`--out FILE`, or `-` for standard output).
//
// Each faulty line is named on standard error: its number, the field, what came, what was expected. A file with faulty lines is
// refused as a whole unless the person says that they may be left out. An output file is written beside its place under another
// name, and takes its place only when it is whole; through a pipe, lines leave as they come, and the exit code says how it ended.
// One thread.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <string>

#include "base/json.h"
#include "cli/cli.h"
#include "cli/line_reader.h"
#include "cli/progress.h"

namespace huiyin::cli {

inline constexpr std::size_t faulty_lines_shown_max = 20;  // the others are counted
inline constexpr std::size_t id_characters_max = 200;
inline constexpr std::string_view standard_stream = "-";

struct LinesOptions {
  std::string in, out;  // a path, or "-"
  bool skip_faulty = false;
};

// One line as a JSON object; `invalid`, with one field error, when it is too long, not UTF-8, no JSON, or something else.
Result<boost::json::value> parse_line(const LineReader::Line& line);

// Why a file cannot be read, opened here into `in`; nothing when it can. As the machine says it, in English.
std::optional<std::string> open_to_read(const std::filesystem::path& file, std::ifstream& in);

class LinesIn {
 public:
  LinesIn(const LinesOptions& options, Host& host) : options_(options), host_(host), progress_(host) {}

  // False: it said why not. Call it first, once.
  bool open();

  // The object of the next line; null at the end, when the person stopped it, or when the stream broke. Valid until the next
  // call. Blank lines are passed over; lines that are no objects are named and passed over.
  const boost::json::value* next();

  // A reader of the fields of that object; ask it for fields, then give it to accepts(). Fields that nobody asks for are passed
  // over: real data carries more.
  [[nodiscard]] FieldReader fields() const { return FieldReader(value_); }
  // The line's own "id", text or whole number, as it came; null when there is none. A wrong one is refused in `fields`.
  static boost::json::value id_of(FieldReader& fields);
  // False: something was wrong with the line, and was named.
  bool accepts(FieldReader& fields);

  // At the end: says what has not been said, and whether all was well (read to the end, not stopped, and no faulty line that may
  // not be left out). False means that nothing must be kept.
  bool finish();

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }  // lines that are not blank
  [[nodiscard]] std::uint64_t faulty() const noexcept { return faulty_; }
  [[nodiscard]] Progress& progress() noexcept { return progress_; }
  [[nodiscard]] std::string name() const;  // of the file, as a sentence may say it

 private:
  void refuse(const std::vector<FieldError>& errors);
  void say_line(const Message& message);

  const LinesOptions& options_;
  Host& host_;
  Progress progress_;
  std::ifstream file_;
  std::optional<LineReader> lines_;
  std::uint64_t bytes_all_ = 0;  // 0: nobody knows
  boost::json::value value_;
  std::uint64_t line_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t faulty_ = 0;
  bool stopped_ = false;
};

// A file that is written whole or not at all: beside its place under a name of its own, readable by its owner alone unless an
// older file is there to be like. What is no regular file (a pipe, a device) is written as it is.
class WholeFile {
 public:
  // `file` may be "-": standard output.
  WholeFile(std::string file, Host& host) : file_(std::move(file)), host_(host) {}
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  // False: it said why not. `input` is what is being read, and never written over.
  bool open(const std::string& input);
  void write(std::string_view bytes);
  void write_line(std::string_view line);
  // False: it could not be written, said why, and nothing stands in its place that did not stand there before.
  bool keep();
  // Nothing of it stays; says so.
  void drop();

 private:
  bool flush();
  bool complain(int error_number);
  [[nodiscard]] std::string name() const;

  std::string file_;
  Host& host_;
  std::string unfinished_;  // empty: written in place
  std::string buffer_;
  int opened_ = -1;
  int fault_ = 0;  // the first that the machine reported (errno)
};

}  // namespace huiyin::cli
