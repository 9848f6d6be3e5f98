#include "channels/curl.h"

#include <mutex>
#include <string>

namespace huiyin::channels {

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

bool is_plain_url(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  const Parts parts(curl_url(), curl_url_cleanup);
  if (curl_url_set(parts.get(), CURLUPART_URL, std::string(url).c_str(), CURLU_DISALLOW_USER) != CURLUE_OK) return false;
  const auto has = [&](CURLUPart part) {
    char* text = nullptr;
    const bool found = curl_url_get(parts.get(), part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
  };
  return has(CURLUPART_HOST) && !has(CURLUPART_QUERY) && !has(CURLUPART_FRAGMENT);
}

}  // namespace huiyin::channels
