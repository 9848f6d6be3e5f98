#include "channels/http_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <map>
#include <vector>

#include "base/text.h"
#include "channels/curl.h"
#include "texts/keys.h"

namespace huiyin::channels {
namespace {

using std::chrono::milliseconds;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr milliseconds poll_max(1000);

Error unreachable(const std::string& address, std::string why) {
  return {Code::unavailable, {key::audit_unreachable, {{"address", address}, {"why", std::move(why)}}}};
}

// One file on its way, until it is read.
struct Transfer {
  std::string address;
  std::size_t bytes_max = 0;
  File file{nullptr, std::fclose};  // where a long one goes; else to `body`
  std::string body{};
  std::int64_t received = 0;
  bool too_long = false, cut = false;  // more than it may be; the disk did not take it
  std::string link{};       // to where the file goes on
  std::string successor{};  // to the log that goes on from this one
  Handle handle{nullptr, curl_easy_cleanup};
  char why[CURL_ERROR_SIZE] = "";
  unsigned tries = 0, waits = 0;
  milliseconds not_before{};
  long status = 0;
  std::optional<std::string> failed{};  // for good, and why
  bool done = false;
};

std::size_t take_body(const char* data, std::size_t, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  transfer.received += static_cast<std::int64_t>(count);
  if (transfer.file != nullptr) {
    transfer.too_long = transfer.received > log_long_file_bytes_max;
    transfer.cut = !transfer.too_long && std::fwrite(data, 1, count, transfer.file.get()) != count;
    return transfer.too_long || transfer.cut ? 0 : count;
  }
  transfer.body.append(data, count);
  transfer.too_long = transfer.body.size() > transfer.bytes_max;
  return transfer.too_long ? 0 : count;  // that ends it
}

// RFC 8288: of a Link header the address of rel="next", or of rel="successor-version" (RFC 5829).
std::size_t take_header(const char* data, std::size_t, std::size_t count, void* to) {
  constexpr std::string_view name = "link:", next = R"(rel="next")", successor = R"(rel="successor-version")";
  std::string_view line(data, count);
  std::string start(line.substr(0, name.size()));
  std::ranges::transform(start, start.begin(), lower);
  const auto open = line.find('<'), close = line.find('>');
  if (start != name || close == std::string_view::npos || open > close) return count;
  auto& transfer = *static_cast<Transfer*>(to);
  const auto address = line.substr(open + 1, close - open - 1);
  if (line.find(next, close) != std::string_view::npos) transfer.link = address;
  if (line.find(successor, close) != std::string_view::npos) transfer.successor = address;
  return count;
}

// RFC 3986 section 5: a reference as it is meant on that page.
std::optional<std::string> absolute(const std::string& page, const std::string& reference) {
  const Parts parts(curl_url(), curl_url_cleanup);
  char* text = nullptr;
  if (curl_url_set(parts.get(), CURLUPART_URL, page.c_str(), 0) != CURLUE_OK ||
      curl_url_set(parts.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parts.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
    return std::nullopt;
  std::string address(text);
  curl_free(text);
  return address;
}

class HttpLog final : public log::PublishedFiles {
 public:
  HttpLog(std::string url, const Clock& clock)
      : url_(std::move(url)), clock_(clock), multi_(curl_multi_init(), curl_multi_cleanup) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, log_connections_max);
  }
  ~HttpLog() override {
    for (auto& [address, transfer] : transfers_) stop(*transfer);
  }
  HttpLog(const HttpLog&) = delete;
  HttpLog& operator=(const HttpLog&) = delete;

  void expect(const std::string& name, std::size_t bytes_max) override {
    const auto address = url_ + "/" + name;
    if (transfers_.size() < log_transfers_max && !transfers_.contains(address)) begin(address, bytes_max, false);
  }

  Result<std::optional<std::string>> read(const std::string& name, std::size_t bytes_max) override {
    auto fetched = fetch(url_ + "/" + name, bytes_max, false);
    if (!fetched.ok()) return std::move(fetched).error();
    if (*fetched == nullptr) return std::optional<std::string>();
    return std::optional(std::move((*fetched)->body));
  }

  Result<std::unique_ptr<log::FilePieces>> open(const std::string& name) override;

  // To its end; null where there is none.
  Result<std::unique_ptr<Transfer>> fetch(const std::string& address, std::size_t bytes_max, bool is_long) {
    auto at = transfers_.find(address);
    if (at == transfers_.end()) at = begin(address, bytes_max, is_long);
    auto& transfer = *at->second;
    while (!transfer.done) drive();
    auto taken = std::move(at->second);
    transfers_.erase(at);
    if (taken->status == 410 && !taken->successor.empty()) {
      const auto next = absolute(taken->address, taken->successor).value_or(taken->successor);
      return Error{Code::unavailable,
                   {key::audit_gone, {{"address", shortened(next.ends_with('/') ? next.substr(0, next.size() - 1) : next)}}}};
    }
    if (taken->failed) return unreachable(address, *taken->failed);
    if (taken->status == 404) return std::unique_ptr<Transfer>();
    return taken;
  }

  // Where it goes on, as a whole address: within this log, or nowhere.
  [[nodiscard]] std::optional<std::string> next_of(const Transfer& transfer) const {
    if (transfer.link.empty()) return std::nullopt;
    auto address = absolute(transfer.address, transfer.link);
    return address && address->starts_with(url_ + "/") ? std::move(address) : std::nullopt;
  }

 private:
  using Transfers = std::map<std::string, std::unique_ptr<Transfer>>;

  Transfers::iterator begin(const std::string& address, std::size_t bytes_max, bool is_long) {
    auto transfer = std::make_unique<Transfer>();
    transfer->address = address;
    transfer->bytes_max = bytes_max;
    if (is_long) transfer->file.reset(std::tmpfile());  // nobody else sees it, and it ends with us
    if (is_long && transfer->file == nullptr) give_up(*transfer, "no temporary file could be made");
    else start(*transfer);
    return transfers_.emplace(address, std::move(transfer)).first;
  }

  void start(Transfer& transfer) {
    if (!idle_.empty()) {
      transfer.handle = std::move(idle_.back());
      idle_.pop_back();
      curl_easy_reset(transfer.handle.get());
    } else {
      transfer.handle.reset(curl_easy_init());
    }
    auto* curl = transfer.handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, transfer.address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(log_connect_max.count()));
    if (transfer.file == nullptr) curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(log_answer_max.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(log_silence_max.count()));
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer.why);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "huiyin");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fresh_.get());
    curl_easy_setopt(curl, CURLOPT_PRIVATE, &transfer);
    curl_multi_add_handle(multi_.get(), curl);
  }

  void stop(Transfer& transfer) {
    if (transfer.handle == nullptr) return;
    curl_multi_remove_handle(multi_.get(), transfer.handle.get());
    idle_.push_back(std::move(transfer.handle));
  }

  // A step of all that is on its way; waits for something to happen.
  void drive() {
    const auto now = clock_.monotonic();
    auto patience = poll_max;
    for (auto& [address, transfer] : transfers_) {
      if (transfer->done || transfer->handle != nullptr) continue;
      if (transfer->not_before <= now) start(*transfer);
      else patience = std::min(patience, transfer->not_before - now);
    }
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    bool ended = false;
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      end(*transfer, message->data.result);
      ended = true;
    }
    if (!ended) curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(patience.count()), nullptr);
  }

  void end(Transfer& transfer, CURLcode result) {
    curl_off_t wait = 0;
    curl_easy_getinfo(transfer.handle.get(), CURLINFO_RESPONSE_CODE, &transfer.status);
    curl_easy_getinfo(transfer.handle.get(), CURLINFO_RETRY_AFTER, &wait);
    stop(transfer);
    const bool got = transfer.status == 200 && (result == CURLE_OK || (transfer.too_long && transfer.file == nullptr));
    if (got || (result == CURLE_OK && transfer.status == 404)) {
      transfer.done = true;
      return;
    }
    const auto status = fmt::format("HTTP {}", transfer.status);
    if (transfer.cut) return give_up(transfer, "the disk is full, or the temporary folder cannot be written to");
    if (transfer.too_long) return give_up(transfer, fmt::format("it is longer than {} bytes", log_long_file_bytes_max));
    const bool asked_to_wait = result == CURLE_OK && (transfer.status == 429 || transfer.status == 503) && wait > 0;
    if (asked_to_wait)
      return ++transfer.waits > log_waits_max ? give_up(transfer, status) : again(transfer, milliseconds(1000 * wait));
    const bool may_pass = result != CURLE_OK || transfer.status == 429 || transfer.status >= 500;
    if (!may_pass || ++transfer.tries >= log_tries_max)
      return give_up(transfer, result == CURLE_OK ? status : transfer.why[0] != '\0' ? transfer.why : curl_easy_strerror(result));
    again(transfer, log_pause_first * (1U << (transfer.tries - 1)));
  }

  void again(Transfer& transfer, milliseconds pause) {
    transfer.not_before = clock_.monotonic() + std::min<milliseconds>(pause, log_wait_max);
    transfer.body.clear();
    transfer.link.clear();
    transfer.successor.clear();
    transfer.received = 0;
    transfer.too_long = false;
    if (transfer.file != nullptr) transfer.file.reset(std::tmpfile());
    if (transfer.file == nullptr && transfer.bytes_max == 0) give_up(transfer, "no temporary file could be made");
  }

  static void give_up(Transfer& transfer, std::string why) {
    transfer.failed = std::move(why);
    transfer.done = true;
  }

  std::string url_;
  const Clock& clock_;
  // What a cache on the way has may be older than what stands beside it.
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> fresh_{curl_slist_append(nullptr, "Cache-Control: no-cache"),
                                                                     curl_slist_free_all};
  std::vector<Handle> idle_;
  std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi_;
  Transfers transfers_;
};

// Page after page, as the server's links lead.
class HttpPieces final : public log::FilePieces {
 public:
  HttpPieces(HttpLog& log, std::unique_ptr<Transfer> first) : log_(log) { take(std::move(first)); }

  Result<std::string> next() override {
    for (;;) {
      std::string piece(piece_bytes, '\0');
      piece.resize(page_ == nullptr ? 0 : std::fread(piece.data(), 1, piece.size(), page_->file.get()));
      if (!piece.empty() || page_ == nullptr) return piece;
      const auto next = ++pages_ < log_pages_max ? log_.next_of(*page_) : std::nullopt;
      page_.reset();
      if (!next) return std::string();
      auto fetched = log_.fetch(*next, 0, true);
      if (!fetched.ok()) return std::move(fetched).error();
      take(*std::move(fetched));
    }
  }

 private:
  void take(std::unique_ptr<Transfer> page) {
    page_ = std::move(page);
    if (page_ != nullptr) std::rewind(page_->file.get());
  }

  HttpLog& log_;
  std::unique_ptr<Transfer> page_;
  unsigned pages_ = 0;
};

Result<std::unique_ptr<log::FilePieces>> HttpLog::open(const std::string& name) {
  auto first = fetch(url_ + "/" + name, 0, true);
  if (!first.ok()) return std::move(first).error();
  if (*first == nullptr) return std::unique_ptr<log::FilePieces>();
  return std::unique_ptr<log::FilePieces>(std::make_unique<HttpPieces>(*this, *std::move(first)));
}

}  // namespace

std::unique_ptr<log::PublishedFiles> http_log(std::string url, const Clock& clock) {
  while (url.ends_with('/')) url.pop_back();
  if (!is_plain_url(url)) return nullptr;
  start_curl();
  return std::make_unique<HttpLog>(std::move(url), clock);
}

}  // namespace huiyin::channels
