#include "storage/witness_files.h"

#include <fmt/format.h>

#include "base/text.h"
#include "storage/files.h"

namespace huiyin::storage {
namespace {

constexpr std::size_t key_bytes_max = 100;
constexpr std::size_t name_bytes_max = 300;

}  // namespace

WitnessFiles::WitnessFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
  make_private_folder(folder_);
  make_private_folder(folder_ / "heads");
}

log::Cosigner WitnessFiles::cosigner(std::string_view name, Random& random) {
  const auto key_file = folder_ / "witness.key";
  const auto name_file = folder_ / "name";
  std::error_code ignored;
  if (!std::filesystem::exists(key_file, ignored)) {
    if (!log::is_key_name(name) || name.size() > name_bytes_max)
      throw std::runtime_error(
          fmt::format("--name: got '{}', expected the name of the new witness, such as witness.example.org", name));
    if (!std::filesystem::exists(name_file, ignored)) write_new_file(name_file, std::string(name) + "\n");
    write_new_file(key_file, to_hex(random.bytes<32>()) + "\n");
  }
  const auto kept = read_file(name_file, name_bytes_max + 1);
  const auto seed = from_hex(trimmed(read_file(key_file, key_bytes_max).value_or("")));
  if (!kept || !log::is_key_name(trimmed(*kept)) || !seed || seed->size() != 32)
    throw std::runtime_error(fmt::format("{} holds no key of a witness: bring back its folder whole", folder_.string()));
  if (!name.empty() && name != trimmed(*kept))
    throw std::runtime_error(
        fmt::format("--name: got '{}', but the key in {} was made for '{}'", name, folder_.string(), trimmed(*kept)));
  std::array<std::uint8_t, 32> bytes;
  std::ranges::copy(*seed, bytes.begin());
  return {std::string(trimmed(*kept)), crypto::SigningKey(bytes)};
}

std::filesystem::path WitnessFiles::file_of(std::string_view log) const {
  return folder_ / "heads" / (std::string(log) + ".checkpoint");
}

std::optional<std::string> WitnessFiles::find(std::string_view log) {
  const auto file = file_of(log);
  if (!std::filesystem::exists(file)) return std::nullopt;
  auto note = read_file(file, log::note_bytes_max);
  if (!note) throw app::StoreFailure(app::StoreFailure::Kind::damaged, file.string() + " cannot be read");
  return note;
}

void WitnessFiles::keep(std::string_view log, std::string_view note) { replace_file(file_of(log), note); }

}  // namespace huiyin::storage
