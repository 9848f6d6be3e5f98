#include "storage/key_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/store.h"
#include "base/assert.h"
#include "base/text.h"
#include "log/entry.h"
#include "storage/files.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

constexpr std::size_t key_file_bytes_max = 4096;
// A signed note is some 200 bytes; with its cosignatures it stays well below.
constexpr std::size_t head_slot_bytes = 4096;
// The newest heads reach the disk itself at least this often; a crash of the program loses none, only a loss of power.
constexpr std::chrono::milliseconds head_sync_every(1000);

StoreFailure missing(const std::filesystem::path& file) {
  return {StoreFailure::Kind::damaged, fmt::format("the key file {} is missing or cannot be read", file.string())};
}

Bytes read_sealed(const std::filesystem::path& file, const crypto::SymmetricKey& key, std::string_view purpose) {
  const auto text = read_file(file, key_file_bytes_max);
  const auto sealed = text ? from_hex(trimmed(*text)) : std::nullopt;
  auto plain = sealed ? crypto::open(key, *sealed, as_bytes(purpose)) : std::nullopt;
  if (!plain || plain->size() != 32) throw missing(file);
  return *std::move(plain);
}

std::array<std::uint8_t, 32> as_key(const Bytes& bytes) {
  HUIYIN_ASSERT(bytes.size() == 32);
  std::array<std::uint8_t, 32> key;
  std::ranges::copy(bytes, key.begin());
  return key;
}

std::string month_of(Instant at) { return to_rfc3339(at).substr(0, 7); }

crypto::SymmetricKey read_master(const std::filesystem::path& file) {
  struct stat about{};
  if (::stat(file.c_str(), &about) != 0) throw missing(file);
  if ((about.st_mode & 077U) != 0) {
    throw StoreFailure(StoreFailure::Kind::damaged, fmt::format("others may read {}: run `chmod 600` on it", file.string()));
  }
  const auto text = read_file(file, key_file_bytes_max);
  const auto bytes = text ? from_hex(trimmed(*text)) : std::nullopt;
  if (!bytes || bytes->size() != 32) throw missing(file);
  return crypto::SymmetricKey(as_key(*bytes));
}

}  // namespace

// Two slots of [8 bytes: number, big-endian][note, padded with NUL]; the note's own signature shows whether a slot is whole, the
// number which is the newer.
struct KeyFiles::HeadFile {
  HeadFile(const std::filesystem::path& path, bool to_write)
      : file(::open(path.c_str(), (to_write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0600)) {
    if (file < 0) throw failure_of(errno, path);
    for (const int slot : {0, 1}) {
      std::array<char, head_slot_bytes> bytes{};
      const auto read = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(slot) * static_cast<off_t>(head_slot_bytes));
      if (read != static_cast<ssize_t>(bytes.size())) continue;
      std::uint64_t stored = 0;
      for (std::size_t i = 0; i < 8; ++i) stored = stored << 8U | static_cast<unsigned char>(bytes[i]);
      const std::string_view rest(bytes.data() + 8, bytes.size() - 8);
      const auto text = rest.substr(0, rest.find('\0'));
      if (stored > number && text.ends_with('\n')) {
        number = stored;
        note = std::string(text);
      }
    }
  }
  ~HeadFile() {
    if (number > 0) ::fdatasync(file);
    ::close(file);
  }
  HeadFile(const HeadFile&) = delete;
  HeadFile& operator=(const HeadFile&) = delete;

  void write(std::string_view text, std::chrono::milliseconds now) {
    HUIYIN_ASSERT(text.size() < head_slot_bytes - 8);
    std::array<char, head_slot_bytes> bytes{};
    ++number;
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(number >> (56U - 8U * i));
    std::ranges::copy(text, bytes.begin() + 8);
    note = std::string(text);
    const auto at = static_cast<off_t>(number % 2) * static_cast<off_t>(head_slot_bytes);
    const auto written = ::pwrite(file, bytes.data(), bytes.size(), at);
    if (written != static_cast<ssize_t>(bytes.size())) throw failure_of(written < 0 ? errno : ENOSPC, "keys/heads");
    if (now - synced >= head_sync_every) {
      if (::fdatasync(file) != 0) throw failure_of(errno, "keys/heads");
      synced = now;
    }
  }

  int file;
  std::uint64_t number = 0;
  std::string note{};
  std::chrono::milliseconds synced{-head_sync_every};
};

void KeyFiles::create(const std::filesystem::path& folder, Random& random) {
  make_private_folder(folder);
  make_private_folder(folder / "wrapping");
  write_new_file(folder / "master.key", to_hex(random.bytes<32>()) + "\n");
}

KeyFiles::KeyFiles(std::filesystem::path folder, std::string node, const Clock& clock, Random& random)
    : folder_(std::move(folder)),
      node_(std::move(node)),
      clock_(clock),
      random_(random),
      master_(read_master(folder_ / "master.key")) {}

KeyFiles::~KeyFiles() = default;

std::filesystem::path log_folder(const std::filesystem::path& keys, app::LogId log) {
  const auto folder = keys / std::to_string(log.jurisdiction.number);
  return log.number == 1 ? folder : folder / fmt::format("log{}", log.number);
}

void KeyFiles::make_log_key(app::LogId log) {
  make_private_folder(log_folder(folder_, {log.jurisdiction}));
  const auto folder = log_folder(folder_, log);
  make_private_folder(folder);
  make_private_folder(folder / "heads");
  std::error_code unknown;
  if (std::filesystem::exists(folder / "log.key", unknown)) return;
  const auto seed = random_.bytes<32>();
  const auto sealed = crypto::seal(crypto::derive(master_, "log keys"), seed, as_bytes(std::string_view("log key")), random_);
  write_new_file(folder / "log.key", to_hex(sealed) + "\n");
}

crypto::SymmetricKey KeyFiles::for_purpose(std::string_view purpose) {
  return crypto::derive(master_, std::string("purpose: ").append(purpose));
}

crypto::SymmetricKey KeyFiles::wrapping_key(const std::string& month, bool create) {
  const std::scoped_lock lock(mutex_);
  if (const auto known = wrapping_.find(month); known != wrapping_.end()) return known->second;
  const auto file = folder_ / "wrapping" / (month + ".key");
  const auto key_of_keys = crypto::derive(master_, "wrapping keys");
  std::error_code unknown;
  if (create && !std::filesystem::exists(file, unknown)) {
    const auto fresh = random_.bytes<32>();
    try {
      write_new_file(file, to_hex(crypto::seal(key_of_keys, fresh, as_bytes(month), random_)) + "\n");
    } catch (const StoreFailure&) {
      if (!std::filesystem::exists(file, unknown)) throw;  // else another node was faster: that one is the key
    }
  }
  return wrapping_.emplace(month, crypto::SymmetricKey(as_key(read_sealed(file, key_of_keys, month)))).first->second;
}

app::WrappedKey KeyFiles::wrap(const crypto::SymmetricKey& record_key, const Random128& tag, Instant now) {
  const auto month = month_of(now);
  return {month, crypto::seal(wrapping_key(month, true), record_key.bytes(), tag, random_)};
}

std::optional<crypto::SymmetricKey> KeyFiles::unwrap(const app::WrappedKey& wrapped, const Random128& tag) {
  try {
    const auto plain = crypto::open(wrapping_key(wrapped.wrapping, false), wrapped.bytes, tag);
    if (!plain || plain->size() != 32) return std::nullopt;
    return crypto::SymmetricKey(as_key(*plain));
  } catch (const StoreFailure&) {
    return std::nullopt;  // destroyed
  }
}

crypto::SigningKey KeyFiles::log_key(app::LogId log) {
  const auto file = log_folder(folder_, log) / "log.key";
  return crypto::SigningKey(as_key(read_sealed(file, crypto::derive(master_, "log keys"), "log key")));
}

KeyFiles::HeadFile& KeyFiles::head_file(app::LogId log) {
  auto& file = heads_[log];
  if (!file) file = std::make_unique<HeadFile>(log_folder(folder_, log) / "heads" / node_, true);
  return *file;
}

std::vector<std::string> KeyFiles::last_heads(app::LogId log) {
  std::vector<std::string> notes;
  std::error_code fault;
  const auto folder = log_folder(folder_, log) / "heads";
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    if (HeadFile file(entry.path(), false); file.number > 0) notes.push_back(std::move(file.note));
  }
  if (fault) throw failure_of(fault.value(), folder);
  return notes;
}

void KeyFiles::keep_head(app::LogId log, std::string_view note) {
  const std::scoped_lock lock(mutex_);
  head_file(log).write(note, clock_.monotonic());
}

std::uint32_t KeyFiles::newest_log(JurisdictionId jurisdiction) {
  std::uint32_t newest = 0;
  std::error_code unknown;
  for (std::uint32_t number = 1; std::filesystem::exists(log_folder(folder_, {jurisdiction, number}) / "heads", unknown);
       ++number) {
    if (!last_heads({jurisdiction, number}).empty()) newest = number;
  }
  return newest;
}

std::optional<std::string> KeyFiles::find_succession(app::LogId log) {
  return read_file(log_folder(folder_, log) / "succession", log::entry_bytes_max);
}

void KeyFiles::keep_succession(app::LogId log, std::string_view entry) {
  replace_file(log_folder(folder_, log) / "succession", entry);
}

}  // namespace huiyin::storage
