#include "http/reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

#include "base/assert.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

constexpr std::size_t room_first = 2UL * 1024;   // most requests fit; an idle connection costs no more
constexpr std::size_t room_body = 16UL * 1024;
constexpr std::uint64_t body_reserve_max = 256UL * 1024;
// Between chunks: sizes, extensions and trailers. More is somebody playing.
constexpr std::size_t chunk_overhead_bytes_max = 8UL * 1024;
// "0\r\n\r\n", what is still to come at any place of a chunked body.
constexpr std::size_t last_chunk_bytes = 5;

bool is_host_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~!$&'()*+,;=:[]%").find(c) != std::string_view::npos;
}

}  // namespace

class RequestReader::Parser final : public beast::http::basic_parser<true> {
 public:
  using Base = beast::http::basic_parser<true>;

  Parser() {
    header_limit(header_bytes_max);
    // The limit belongs to the route, known only after the head.
    Base::body_limit(boost::none);
  }
  void body_bytes_max(std::size_t bytes) { Base::body_limit(bytes); }

  Request request;
  std::string target;
  bool old_version = false;
  bool head_done = false;
  bool too_many_fields = false;
  bool unsupported_coding = false;
  bool has_coding = false;
  std::size_t hosts = 0;
  std::size_t lengths = 0;

 private:
  void on_request_impl(beast::http::verb /*verb*/, beast::string_view method, beast::string_view where, int version,
                       error_code& /*ec*/) override {
    request.method.assign(method.data(), method.size());
    target.assign(where.data(), where.size());
    old_version = version == 10;
  }
  void on_response_impl(int /*code*/, beast::string_view /*reason*/, int /*version*/, error_code& /*ec*/) override {}
  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value, error_code& ec) override {
    // Trailers come late, when decisions were made: read and dropped (RFC 9110 section 6.5.1).
    if (head_done) return;
    if (request.headers.size() == header_fields_max) {
      too_many_fields = true;
      ec = beast::http::error::header_limit;
      return;
    }
    if (field == beast::http::field::host) ++hosts;
    if (field == beast::http::field::content_length) {
      ++lengths;
      if (value.find(',') != beast::string_view::npos) ++lengths;
    }
    if (field == beast::http::field::transfer_encoding) {
      has_coding = true;
      if (!same_ignoring_case({value.data(), value.size()}, "chunked")) unsupported_coding = true;
    }
    request.headers.emplace_back(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
  }
  void on_header_impl(error_code& /*ec*/) override { head_done = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& /*ec*/) override {
    // A declared length is only a promise: memory follows what really comes.
    if (length) request.body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, body_reserve_max)));
  }
  std::size_t on_body_impl(beast::string_view piece, error_code& /*ec*/) override {
    request.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void on_chunk_header_impl(std::uint64_t /*size*/, beast::string_view /*extensions*/, error_code& /*ec*/) override {}
  std::size_t on_chunk_body_impl(std::uint64_t /*left*/, beast::string_view piece, error_code& /*ec*/) override {
    request.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void on_finish_impl(error_code& /*ec*/) override {}
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;

std::span<char> RequestReader::room() {
  const std::size_t wanted = parser_->head_done ? room_body : room_first;
  if (begin_ > 0) {
    std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (bytes_.size() - end_ < wanted / 2) bytes_.resize(end_ + wanted);
  return std::span(bytes_).subspan(end_);
}

void RequestReader::commit(std::size_t bytes) {
  HUIYIN_ASSERT(end_ + bytes <= bytes_.size());
  end_ += bytes;
}

void RequestReader::next() {
  parser_ = std::make_unique<Parser>();
  head_bytes_ = 0;
  refusal_ = {};
  if (begin_ == end_) {
    begin_ = end_ = 0;
    if (bytes_.size() > room_body) {
      bytes_.clear();
      bytes_.shrink_to_fit();
    }
  }
}

bool RequestReader::started() const noexcept { return head_bytes_ > 0 || begin_ != end_; }
Request& RequestReader::request() noexcept { return parser_->request; }
const Refusal& RequestReader::refusal() const noexcept { return refusal_; }
bool RequestReader::keep_alive() const noexcept { return parser_->keep_alive(); }
bool RequestReader::is_http_1_0() const noexcept { return parser_->old_version; }
bool RequestReader::has_body() const noexcept { return parser_->chunked() || declared_bytes() > 0; }
bool RequestReader::body_pending() const noexcept { return parser_->head_done && !parser_->is_done(); }
std::size_t RequestReader::body_bytes_read() const noexcept { return parser_->request.body.size(); }

std::uint64_t RequestReader::declared_bytes() const noexcept {
  const auto length = parser_->content_length();
  return length ? *length : 0;
}

RequestReader::Step RequestReader::refuse(unsigned status, Code code, Message message) {
  refusal_ = {status, Error{code, std::move(message)}};
  return Step::refused;
}

RequestReader::Step RequestReader::refuse_target() {
  return refuse(414, Code::too_large, {key::http_uri_too_long, {{"max", std::to_string(uri_bytes_max)}}});
}

// Which limit of the head was passed: while the target is still unknown, it is the target that is too long.
RequestReader::Step RequestReader::refuse_by(bool header_limit) {
  if (!header_limit) return refuse(400, Code::invalid, {key::http_malformed});
  if (parser_->request.method.empty()) return refuse_target();
  const Message message{key::http_header_too_large,
                        {{"max", std::to_string(header_bytes_max)}, {"fields", std::to_string(header_fields_max)}}};
  return refuse(431, Code::too_large, message);
}

RequestReader::Step RequestReader::read_head() {
  // RFC 9112 section 2.2: an empty line before the request line is to be ignored.
  if (head_bytes_ == 0 && end_ - begin_ >= 2 && bytes_[begin_] == '\r' && bytes_[begin_ + 1] == '\n') {
    begin_ += 2;
    head_bytes_ += 2;
  }
  if (begin_ == end_) return Step::need_more;
  error_code failure;
  const auto used = parser_->put(boost::asio::const_buffer(bytes_.data() + begin_, end_ - begin_), failure);
  begin_ += used;
  head_bytes_ += used;
  if (failure == beast::http::error::need_more) {
    // Beast counts its limit anew after each field it took, so a head that trickles in has to be counted here.
    if (head_bytes_ + (end_ - begin_) >= header_bytes_max) return refuse_by(true);
    return Step::need_more;
  }
  if (failure) {
    const bool over = failure == beast::http::error::header_limit;
    if (parser_->has_coding && parser_->unsupported_coding) return refuse(501, Code::invalid, {key::http_unsupported_coding});
    return refuse_by(over);
  }
  if (!parser_->head_done) return Step::need_more;
  if (head_bytes_ > header_bytes_max) return refuse_by(true);
  return check_head();
}

RequestReader::Step RequestReader::check_head() {
  auto& parser = *parser_;
  if (parser.target.size() > uri_bytes_max) return refuse_target();
  // RFC 9112 section 6.1: a coding in HTTP/1.0 is faulty; one we do not know is 501. Both end the connection.
  if (parser.has_coding && parser.old_version) return refuse(400, Code::invalid, {key::http_malformed});
  if (parser.unsupported_coding) return refuse(501, Code::invalid, {key::http_unsupported_coding});
  // RFC 9112 section 6.3: repeated lengths may be merged or refused. Who sends two wants two readers to disagree.
  if (parser.lengths > 1 || (parser.lengths == 1 && parser.has_coding)) return refuse(400, Code::invalid, {key::http_malformed});
  // RFC 9112 section 3.2: exactly one Host in HTTP/1.1.
  if (parser.hosts > 1 || (parser.hosts == 0 && !parser.old_version)) return refuse(400, Code::invalid, {key::http_malformed});
  const auto host = parser.request.header("host");
  if (!std::ranges::all_of(host, is_host_character)) return refuse(400, Code::invalid, {key::http_malformed});
  if (!split_target()) return refuse(400, Code::invalid, {key::http_malformed});
  const auto& target = parser.target;
  const auto mark = target.find('?');
  if (mark != std::string::npos) {
    auto query = parse_form(std::string_view(target).substr(mark + 1));
    if (!query) return refuse(400, Code::invalid, query.error().message);
    parser.request.query = std::move(*query);
  }
  return Step::ready;
}

// The path of origin form and absolute form (RFC 9112 section 3.2); "*" only with OPTIONS.
bool RequestReader::split_target() {
  auto& request = parser_->request;
  std::string_view target = parser_->target;
  if (target.find('#') != std::string_view::npos) return false;
  if (!std::ranges::all_of(target, [](char c) { return c > 0x20 && c < 0x7F; })) return false;
  if (target == "*") {
    request.path = "*";
    return request.method == "OPTIONS";
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto slash = target.find_first_of("/?");
    target = slash == std::string_view::npos ? std::string_view() : target.substr(slash);
    request.path = target.starts_with('/') ? std::string(target.substr(0, target.find('?'))) : "/";
    return true;
  }
  request.path = std::string(target.substr(0, target.find('?')));
  return request.path.starts_with('/');
}

void RequestReader::limit_body(std::size_t bytes_max) {
  parser_->body_bytes_max(bytes_max);
  parser_->eager(true);
  refusal_ = {413, Error{Code::too_large, {key::http_body_too_large, {{"max", std::to_string(bytes_max)}}}}};
}

RequestReader::Step RequestReader::read_body() {
  if (parser_->is_done()) return Step::ready;
  if (begin_ == end_) return Step::need_more;
  // Beast 1.81 asserts, that is ends the process, when a last chunk comes in two pieces of which the first two make 4 bytes.
  if (parser_->chunked() && end_ - begin_ < last_chunk_bytes) return Step::need_more;
  error_code failure;
  const auto used = parser_->put(boost::asio::const_buffer(bytes_.data() + begin_, end_ - begin_), failure);
  begin_ += used;
  if (failure == beast::http::error::body_limit) return Step::refused;
  if (failure && failure != beast::http::error::need_more) return refuse(400, Code::invalid, {key::http_malformed});
  if (parser_->is_done()) return Step::ready;
  if (end_ - begin_ > chunk_overhead_bytes_max) return refuse(400, Code::invalid, {key::http_malformed});
  return Step::need_more;
}

}  // namespace huiyin::http
