// A published log over HTTP or HTTPS, by libcurl: several files at once over connections that stay open, so that a log of many
// small files is not a matter of round trips. It waits where the server asks it to (429, 503), tries again what failed, and gives
// up by name. Redirects are not followed.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/time.h"
#include "log/audit/published_files.h"

namespace huiyin::channels {

inline constexpr std::chrono::milliseconds log_connect_max = std::chrono::seconds(10);
inline constexpr std::chrono::milliseconds log_answer_max = std::chrono::seconds(120);  // of a file that fits memory
inline constexpr std::chrono::seconds log_silence_max(30);  // within an answer
inline constexpr unsigned log_tries_max = 4;  // of a file, when it fails
inline constexpr std::chrono::milliseconds log_pause_first(500);  // before the second try; twice as long each time
inline constexpr std::chrono::seconds log_wait_max(120);  // that a server can ask for at once
inline constexpr unsigned log_waits_max = 60;  // how often in a row, for one file
inline constexpr long log_connections_max = 4;
inline constexpr std::size_t log_transfers_max = 64;  // at once, or fetched and not yet read
inline constexpr std::int64_t log_long_file_bytes_max = std::int64_t{8} << 30U;  // of one page; it lies on the disk meanwhile
inline constexpr unsigned log_pages_max = 100'000;  // of one file

// `url` is what stands before /checkpoint: https://answers.example.org/log/linshi. Null when it is no such address. `clock`
// outlives it.
std::unique_ptr<log::PublishedFiles> http_log(std::string url, const Clock& clock);

}  // namespace huiyin::channels
