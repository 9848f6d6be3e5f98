// Child: a process that the benchmark starts and ends, by its id: the program itself, or a part of the benchmark as a server
// beside it. It dies with the benchmark. Throws std::runtime_error with a sentence.
#pragma once

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace huiyin::bench {

class Child {
 public:
  // Its standard output comes to read_port(); its standard error goes to the end of `log`.
  static Child start(std::vector<std::string> command, const std::filesystem::path& log) {
    return make(log, [&] {
      std::vector<char*> words;
      for (auto& word : command) words.push_back(word.data());
      words.push_back(nullptr);
      ::execv(words.front(), words.data());
    });
  }
  // `serve` writes what read_port() looks for to standard output and does not come back. Fork before the first thread.
  static Child fork_into(const std::function<void()>& serve, const std::filesystem::path& log) { return make(log, serve); }

  Child(Child&& other) noexcept : id_(std::exchange(other.id_, 0)), out_(std::exchange(other.out_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() { stop(SIGKILL); }

  [[nodiscard]] pid_t id() const { return id_; }

  // The first ":<port>/" it writes.
  [[nodiscard]] std::uint16_t read_port() const {
    std::string said;
    for (char letter = 0; ::read(out_, &letter, 1) == 1;) {
      said += letter;
      if (letter != '/') continue;
      const auto colon = said.rfind(':');
      if (colon == std::string::npos || colon + 2 > said.size() - 1) continue;
      const auto digits = said.substr(colon + 1, said.size() - colon - 2);
      if (digits.find_first_not_of("0123456789") == std::string::npos) return static_cast<std::uint16_t>(std::stoul(digits));
    }
    throw std::runtime_error("a server ended before it served; it said: " + said);
  }

  // Ends it and gives its exit status.
  int stop(int signal = SIGTERM) {
    if (id_ == 0) return 0;
    ::kill(id_, signal);
    return wait();
  }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(id_, 0), &status, 0);
    ::close(std::exchange(out_, -1));
    return status;
  }

  [[nodiscard]] double resident_mib() const {
    std::ifstream about("/proc/" + std::to_string(id_) + "/status");
    for (std::string word; about >> word;) {
      double kib = 0;
      if (word == "VmRSS:" && about >> kib) return kib / 1024;
    }
    return 0;
  }
  // Of processor time, in user and system mode, since its start.
  [[nodiscard]] double cpu_seconds() const {
    std::ifstream about("/proc/" + std::to_string(id_) + "/stat");
    const std::string text(std::istreambuf_iterator<char>(about), {});
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;  // proc(5): state is field 3, utime 14, stime 15
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

 private:
  Child(pid_t id, int out) : id_(id), out_(out) {}

  static Child make(const std::filesystem::path& log, const std::function<void()>& be) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const auto id = ::fork();
    if (id < 0) throw std::runtime_error("no process");
    if (id == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::dup2(pipe[1], STDOUT_FILENO);
      ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
      be();
      ::_exit(127);
    }
    ::close(pipe[1]);
    return {id, pipe[0]};
  }

  pid_t id_;
  int out_;
};

}  // namespace huiyin::bench
