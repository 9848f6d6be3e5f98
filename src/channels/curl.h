// What all that speaks HTTP by libcurl shares. Any thread.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string_view>

namespace huiyin::channels {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Parts = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

// Before any handle is made; safe to repeat.
void start_curl();

// http or https, a host, no query, no user: what a path can be put after.
bool is_plain_url(std::string_view url);

}  // namespace huiyin::channels
