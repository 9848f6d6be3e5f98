#include "channels/http_witness.h"

#include <atomic>

#include "channels/curl.h"
#include "texts/keys.h"

namespace huiyin::channels {
namespace {

std::size_t take_reply(const char* data, std::size_t, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + count > log::note_bytes_max) return 0;  // ends the transfer
  text.append(data, count);
  return count;
}

int look_whether_stopped(void* stopped, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(stopped)->load() ? 1 : 0;
}

Error unavailable(std::string why) { return {Code::unavailable, {key::witnesses_fault_unreachable}, {}, std::move(why)}; }

class HttpWitness final : public app::WitnessClient {
 public:
  explicit HttpWitness(std::string url) : url_(std::move(url)), handle_((start_curl(), curl_easy_init()), curl_easy_cleanup) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  Result<Reply> add_checkpoint(std::string_view body) override { return ask("/add-checkpoint", body); }
  Result<Reply> checkpoint(std::string_view log) override { return ask("/" + std::string(log) + "/checkpoint", {}); }
  void stop() noexcept override { stopped_ = true; }

 private:
  // POST with a body, GET without.
  Result<Reply> ask(const std::string& path, std::string_view body) {
    if (stopped_) return unavailable("this server is stopping");
    auto* curl = handle_.get();
    curl_easy_reset(curl);  // the connection stays
    const auto address = url_ + path;
    Reply reply;
    char why[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(witness_connect_max.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(witness_answer_max.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_reply);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_whether_stopped);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stopped_);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "huiyin");
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(curl_slist_append(nullptr, "Content-Type: text/plain; charset=utf-8"), "Expect:"), curl_slist_free_all);
    if (!body.empty()) {
      curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
      curl_easy_setopt(curl, CURLOPT_POST, 1L);
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    }
    const auto result = curl_easy_perform(curl);
    if (result != CURLE_OK) return unavailable(address + ": " + (why[0] != '\0' ? why : curl_easy_strerror(result)));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    reply.status = static_cast<unsigned>(status);
    return reply;
  }

  std::string url_;
  Handle handle_;
  std::atomic<bool> stopped_{false};
};

}  // namespace

bool is_witness_url(std::string_view url) { return is_plain_url(url); }

std::unique_ptr<app::WitnessClient> http_witness(std::string url) { return std::make_unique<HttpWitness>(std::move(url)); }

}  // namespace huiyin::channels
