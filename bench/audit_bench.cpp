// The audit of a log of a million entries, all disclosed, as a folder of files; against hashing the same bytes with OpenSSL, by
// turns, so that what else the machine does weighs on both alike. Goal: under three times, and no more than 512 MiB of memory.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/assert.h"
#include "cli/log_folder.h"
#include "log/published_body.h"

namespace {

using namespace huiyin;
namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr unsigned cases = 333'334;  // of three entries each
constexpr unsigned cases_a_day = 300;
constexpr unsigned units = 40;

std::string day_of(unsigned number) { return to_iso(day_of_civil(2026, 1, 1) + static_cast<int>(number / cases_a_day)); }

// Many cases at once: each is given to a unit while later ones arrive, and answered ten days after it was received.
void write_log(const fs::path& folder) {
  constexpr unsigned given_after = 50, answered_after = 10 * cases_a_day;
  log::PublishedBody body;
  for (unsigned step = 0; step < cases + answered_after; ++step) {
    const auto day = day_of(step);
    const auto unit = [](unsigned record) { return "unit-" + std::to_string(record % units); };
    if (step < cases) body.act({step, "submitted", day});
    if (step >= given_after && step - given_after < cases)
      body.act({step - given_after, "assigned", day, unit(step - given_after)});
    if (step >= answered_after) body.act({step - answered_after, "answered", day, unit(step - answered_after), step % 3 != 0});
  }
  for (const auto& [name, bytes] : body.publish().files) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
}

// Made once, by a process of its own, so that its memory is not counted; removed at the end.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "huiyin-audit-XXXXXX").string();
    HUIYIN_ASSERT(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    const auto child = ::fork();
    if (child == 0) {
      write_log(path_);
      ::_exit(0);
    }
    int status = 0;
    HUIYIN_ASSERT(::waitpid(child, &status, 0) == child && status == 0);
  }
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Every file read and hashed, with the algorithm looked up once.
struct Hashed {
  std::chrono::duration<double> reading{}, hashing{};
  std::uint64_t bytes = 0;
};
Hashed hash_all(const fs::path& folder) {
  constexpr std::size_t piece_bytes = 1024 * 1024;
  Hashed hashed;
  const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  std::string piece(piece_bytes, '\0');
  std::array<std::uint8_t, 32> hash;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    for (;;) {
      const auto began = steady_clock::now();
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      const auto got = static_cast<std::size_t>(in.gcount());
      const auto read = steady_clock::now();
      hashed.reading += read - began;
      if (got == 0) break;
      HUIYIN_ASSERT(EVP_Digest(piece.data(), got, hash.data(), nullptr, algorithm.get(), nullptr) == 1);
      hashed.hashing += steady_clock::now() - read;
      hashed.bytes += got;
    }
  }
  return hashed;
}

double peak_mebibytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

void audit_a_million(benchmark::State& state) {
  crypto::start();
  static const Folder folder;
  const auto key = log::PublishedBody().signer.vkey();
  std::chrono::duration<double> ours{};
  Hashed theirs;
  std::uint64_t entries = 0;
  for (auto _ : state) {
    const auto hashed = hash_all(folder.path());
    theirs.reading += hashed.reading;
    theirs.hashing += hashed.hashing;
    theirs.bytes += hashed.bytes;
    cli::LogFolder files(folder.path());
    const auto began = steady_clock::now();
    const auto report = log::audit_log(files, {*log::NoteVerifier::parse(key), {}, {}, latest_instant}, [](auto, auto) {});
    const std::chrono::duration<double> round = steady_clock::now() - began;
    HUIYIN_ASSERT(report.ok() && report->whole && report->findings.all() == 0);
    entries = report->entries;
    ours += round;
    state.SetIterationTime(round.count());
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["entries"] = static_cast<double>(entries);
  state.counters["mebibytes"] = static_cast<double>(theirs.bytes) / rounds / (1024 * 1024);
  state.counters["of_reading_and_hashing"] = ours / (theirs.reading + theirs.hashing);
  state.counters["of_hashing_alone"] = ours / theirs.hashing;
  state.counters["peak_MiB"] = peak_mebibytes();
}
BENCHMARK(audit_a_million)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1)->Repetitions(5);

}  // namespace
