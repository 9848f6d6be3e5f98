#include "cli/json_lines.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <system_error>

#include "base/catalogue.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::cli {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr std::size_t written_at_once_bytes = std::size_t{1} << 18U;

Error faulty_line(std::string got, Message expected) {
  return {Code::invalid, {key::invalid_fields}, {{"", std::move(got), std::move(expected)}}};
}

std::string counted(std::uint64_t number) { return fmt::format("{}", number); }

}  // namespace

Result<json::value> parse_line(const LineReader::Line& line) {
  if (line.too_long)
    return faulty_line(counted(line.text.size()) + "+", {key::lines_expected_line, {{"max", counted(line_bytes_max)}}});
  if (!is_text(line.text)) return faulty_line("", {key::lines_expected_utf8});
  auto value = parse_json(line.text);
  if (!value.ok()) return faulty_line("", {key::lines_expected_valid_json, value.error().message.arguments});
  if (!value->is_object()) return faulty_line(value->is_string() ? "text" : shown(*value), {key::lines_expected_object});
  return value;
}

std::optional<std::string> open_to_read(const fs::path& file, std::ifstream& in) {
  std::error_code error;
  if (fs::is_directory(file, error)) error = std::make_error_code(std::errc::is_a_directory);
  else error.clear();
  errno = 0;
  in.open(file, std::ios::binary);
  if (!in.is_open() && !error) error = {errno, std::generic_category()};
  return error ? std::optional(error.message()) : std::nullopt;
}

std::string LinesIn::name() const {
  return options_.in == standard_stream ? say(key::lines_standard_input, Language::en) : options_.in;
}

void LinesIn::say_line(const Message& message) {
  progress_.end_line();
  host_.err << "huiyin: " << say(message, Language::en) << '\n';
}

bool LinesIn::open() {
  if (options_.in == standard_stream) {
    lines_.emplace(host_.in);
    return true;
  }
  if (const auto why = open_to_read(options_.in, file_)) {
    say_line({key::lines_file_unreadable, {{"file", options_.in}, {"reason", *why}}});
    return false;
  }
  std::error_code unknown;
  const auto bytes = fs::file_size(options_.in, unknown);
  bytes_all_ = unknown ? 0 : bytes;
  lines_.emplace(file_);
  return true;
}

const json::value* LinesIn::next() {
  for (;;) {
    stopped_ = host_.stop_asked && host_.stop_asked();
    if (stopped_) return nullptr;
    const auto line = lines_->next();
    if (!line) return nullptr;
    if (!line->too_long && trimmed(line->text).empty()) continue;
    line_ = line->number;
    progress_.rows(++rows_, lines_->bytes_read(), bytes_all_);
    auto value = parse_line(*line);
    if (value.ok()) {
      value_ = *std::move(value);
      return &value_;
    }
    refuse(value.error().fields);
  }
}

json::value LinesIn::id_of(FieldReader& fields) {
  const auto* id = fields.raw("id");
  if (id == nullptr) return {};
  const auto* text = id->if_string();
  if (id->is_int64() || id->is_uint64() || (text != nullptr && count_characters(*text) <= id_characters_max)) return *id;
  fields.refuse("id", shown(*id), {key::lines_expected_id, {{"max", counted(id_characters_max)}}});
  return {};
}

bool LinesIn::accepts(FieldReader& fields) {
  const auto errors = fields.faults();
  if (errors.empty()) return true;
  refuse(errors);
  return false;
}

void LinesIn::refuse(const std::vector<FieldError>& errors) {
  if (++faulty_ > faulty_lines_shown_max) return;
  for (const auto& error : errors) {
    Message words{error.field.empty() ? key::lines_fault_whole : key::lines_fault,
                  {{"line", counted(line_)}, {"got", error.got}, {"expected", say(error.expected, Language::en)}}};
    if (!error.field.empty()) words.arguments.emplace_back("field", error.field);
    say_line(words);
  }
}

bool LinesIn::finish() {
  progress_.end_line();
  const bool broke = !stopped_ && (options_.in == standard_stream ? host_.in : file_).bad();
  if (faulty_ > faulty_lines_shown_max)
    say_line({key::lines_faults_more, {{"count", counted(faulty_ - faulty_lines_shown_max)}}});
  if (faulty_ > 0) {
    say_line(
        {options_.skip_faulty ? key::lines_skipped : key::lines_faulty, {{"faulty", counted(faulty_)}, {"all", counted(rows_)}}});
  }
  const bool empty = rows_ == 0 && !stopped_ && !broke;
  if (stopped_) say_line({key::lines_stopped});
  if (broke) say_line({key::lines_broke_off, {{"file", name()}}});
  if (empty) say_line({key::lines_file_empty, {{"file", name()}}});
  return !stopped_ && !broke && !empty && (faulty_ == 0 || (options_.skip_faulty && faulty_ < rows_));
}

WholeFile::~WholeFile() {
  if (opened_ >= 0) ::close(opened_);
  if (!unfinished_.empty()) ::unlink(unfinished_.c_str());
}

std::string WholeFile::name() const { return file_ == standard_stream ? say(key::lines_standard_output, Language::en) : file_; }

bool WholeFile::complain(int error_number) {
  const auto reason = std::generic_category().message(error_number);
  host_.err << "huiyin: " << say({key::lines_out_unwritable, {{"file", name()}, {"reason", reason}}}, Language::en) << '\n';
  return false;
}

bool WholeFile::open(const std::string& input) {
  if (file_ == standard_stream) return true;
  std::error_code error;
  if (input != standard_stream && fs::equivalent(file_, input, error)) {
    host_.err << "huiyin: " << say({key::lines_out_is_input, {{"file", input}}}, Language::en) << '\n';
    return false;
  }
  if (fs::is_symlink(file_, error)) file_ = fs::weakly_canonical(file_, error).string();  // the link stays one
  struct stat there{};
  const bool exists = ::stat(file_.c_str(), &there) == 0;
  if (exists && !S_ISREG(there.st_mode)) {
    opened_ = ::open(file_.c_str(), O_WRONLY | O_CLOEXEC);
    return opened_ >= 0 || complain(errno);
  }
  auto unfinished = file_ + ".new-XXXXXX";
  opened_ = ::mkostemp(unfinished.data(), O_CLOEXEC);
  if (opened_ < 0) return complain(errno);
  unfinished_ = std::move(unfinished);
  constexpr mode_t permissions = 07777;
  return !exists || ::fchmod(opened_, there.st_mode & permissions) == 0 || complain(errno);
}

bool WholeFile::flush() {
  if (file_ == standard_stream) {
    host_.out << buffer_ << std::flush;
    if (!host_.out && fault_ == 0) fault_ = EIO;
    buffer_.clear();
    return fault_ == 0;
  }
  std::string_view left = buffer_;
  while (!left.empty() && fault_ == 0) {
    const auto count = ::write(opened_, left.data(), left.size());
    if (count >= 0) left.remove_prefix(static_cast<std::size_t>(count));
    else if (errno != EINTR) fault_ = errno;
  }
  buffer_.clear();
  return fault_ == 0;
}

void WholeFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= written_at_once_bytes) flush();
}

void WholeFile::write_line(std::string_view line) {
  write(line);
  write("\n");
}

bool WholeFile::keep() {
  if (!flush()) return complain(fault_);
  if (unfinished_.empty()) return true;
  if (::fsync(opened_) != 0 || ::rename(unfinished_.c_str(), file_.c_str()) != 0) return complain(errno);
  unfinished_.clear();
  return true;
}

void WholeFile::drop() {
  if (unfinished_.empty()) flush();  // what is on its way through a pipe arrives
  else host_.err << "huiyin: " << say({key::lines_nothing_written, {{"file", name()}}}, Language::en) << '\n';
}

}  // namespace huiyin::cli
