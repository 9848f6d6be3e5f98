// A witness over HTTP or HTTPS, by libcurl.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "app/witness_client.h"

namespace huiyin::channels {

inline constexpr std::chrono::milliseconds witness_connect_max = std::chrono::seconds(5);
inline constexpr std::chrono::milliseconds witness_answer_max = std::chrono::seconds(10);

// Whether an address can be a witness's: http or https, a host, no query, no user.
bool is_witness_url(std::string_view url);

// `url` is what stands before /add-checkpoint. Redirects are not followed; of an answer more than note_bytes_max is refused.
std::unique_ptr<app::WitnessClient> http_witness(std::string url);

}  // namespace huiyin::channels
