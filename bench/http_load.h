// HttpLoad: a load generator of one thread. Keep-alive connections in groups; each connection of a group sends its next request
// when the last was answered, or the group keeps a given rate. Times are from sending (with a rate: from when it was due) to the
// last byte. Throws std::runtime_error when the server closes a connection. One thread.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::bench {

using Ticks = std::chrono::steady_clock;

struct Answer {
  int status = 0;
  std::string_view head, body;
};

// Takes a whole answer off the front of `bytes`: its length, or 0 while more is to come.
inline std::size_t take_answer(std::string_view bytes, Answer& answer) {
  constexpr std::string_view end_of_head = "\r\n\r\n", length_name = "\r\nContent-Length: ", status_lead = "HTTP/1.1 ";
  const auto head_end = bytes.find(end_of_head);
  if (head_end == std::string_view::npos) return 0;
  const auto head = bytes.substr(0, head_end + 2);
  std::size_t length = 0;
  if (const auto at = head.find(length_name); at != std::string_view::npos) {
    std::from_chars(head.data() + at + length_name.size(), head.data() + head.size(), length);
  }
  const auto whole = head_end + end_of_head.size() + length;
  if (bytes.size() < whole) return 0;
  std::from_chars(head.data() + status_lead.size(), head.data() + head.size(), answer.status);
  answer.head = head;
  answer.body = bytes.substr(head_end + end_of_head.size(), length);
  return whole;
}

// A blocking connection to this machine.
inline int connect_to(std::uint16_t port) {
  const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (file < 0 || ::connect(file, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0) {
    if (file >= 0) ::close(file);
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
  const int on = 1;
  ::setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return file;
}

// One request on a connection of its own; `use` sees the answer.
inline void ask_once(std::uint16_t port, std::string_view request, const std::function<void(const Answer&)>& use) {
  const int file = connect_to(port);
  std::string in;
  Answer answer;
  bool good = ::send(file, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
  while (good && take_answer(in, answer) == 0) {
    std::array<char, 16384> piece;
    const auto got = ::recv(file, piece.data(), piece.size(), 0);
    good = got > 0;
    if (good) in.append(piece.data(), static_cast<std::size_t>(got));
  }
  ::close(file);
  if (!good) throw std::runtime_error("no answer from port " + std::to_string(port));
  use(answer);
}

class HttpLoad {
 public:
  struct Group {
    std::uint16_t port = 0;
    int connections = 64;
    std::function<std::string_view()> request;           // stays valid until the next call
    std::function<void(const Answer&)> answered{};        // of good ones
    int status = 200;                                    // of a good answer
    double per_second = 0;                               // 0: as fast as answers come
  };
  struct Outcome {
    double per_second = 0;
    double p50_ms = 0, p99_ms = 0;
    std::size_t answers = 0, wrong = 0;
    std::string first_wrong{};
  };

  explicit HttpLoad(std::vector<Group> groups)
      : groups_(std::move(groups)), tallies_(groups_.size()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      for (int i = 0; i < groups_[group].connections; ++i) {
        auto& connection = connections_.emplace_back();
        connection.file = connect_to(groups_[group].port);
        connection.group = group;
        ::fcntl(connection.file, F_SETFL, O_NONBLOCK);
        epoll_event event{EPOLLIN, {&connection}};
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.file, &event);
        tallies_[group].idle.push_back(&connection);
      }
    }
  }
  ~HttpLoad() {
    for (const auto& connection : connections_) ::close(connection.file);
    ::close(epoll_);
  }
  HttpLoad(const HttpLoad&) = delete;
  HttpLoad& operator=(const HttpLoad&) = delete;

  // One outcome a group. What is under way at the end is waited for, and not counted.
  std::vector<Outcome> run(std::chrono::milliseconds length) {
    begin_ = Ticks::now();
    end_ = begin_ + length;
    const auto patience = end_ + std::chrono::seconds(10);
    for (auto now = begin_; now < end_ || under_way_ > 0; now = Ticks::now()) {
      if (now > patience) throw std::runtime_error("the server answers no more");
      if (now < end_) send_what_is_due(now);
      std::array<epoll_event, 128> events;
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 1);
      for (int i = 0; i < count; ++i) receive(*static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr));
    }
    std::vector<Outcome> outcomes;
    for (auto& tally : tallies_) outcomes.push_back(outcome_of(tally, std::chrono::duration<double>(length).count()));
    return outcomes;
  }

 private:
  struct Connection {
    int file = -1;
    std::size_t group = 0;
    Ticks::time_point began{};
    std::string in{};
  };
  struct Tally {
    std::vector<Connection*> idle{};
    double sent = 0;
    std::vector<std::uint32_t> microseconds{};
    std::size_t wrong = 0;
    std::string first_wrong{};
  };

  void send_what_is_due(Ticks::time_point now) {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      auto& tally = tallies_[i];
      const auto rate = groups_[i].per_second;
      while (!tally.idle.empty() && (rate == 0 || tally.sent < rate * std::chrono::duration<double>(now - begin_).count())) {
        auto& connection = *tally.idle.back();
        tally.idle.pop_back();
        connection.began =
            rate == 0 ? Ticks::now()
                      : begin_ + std::chrono::duration_cast<Ticks::duration>(std::chrono::duration<double>(tally.sent / rate));
        tally.sent += 1;
        ++under_way_;
        send(connection, groups_[i].request());
      }
    }
  }
  static void send(const Connection& connection, std::string_view rest) {
    while (!rest.empty()) {
      const auto sent = ::send(connection.file, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent > 0) rest.remove_prefix(static_cast<std::size_t>(sent));
      else if (errno != EAGAIN) throw std::runtime_error("the server closed a connection");
      else {
        pollfd writable{connection.file, POLLOUT, 0};
        ::poll(&writable, 1, 1000);
      }
    }
  }
  void receive(Connection& connection) {
    const auto got = ::recv(connection.file, piece_.data(), piece_.size(), 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) throw std::runtime_error("the server closed a connection");
    std::string_view bytes(piece_.data(), static_cast<std::size_t>(got));
    if (!connection.in.empty()) bytes = connection.in.append(bytes);
    Answer answer;
    if (take_answer(bytes, answer) == 0) {
      if (connection.in.empty()) connection.in = bytes;
      return;
    }
    record(connection, answer);
    connection.in.clear();
    --under_way_;
    auto& tally = tallies_[connection.group];
    const bool at_once = groups_[connection.group].per_second == 0 && Ticks::now() < end_;
    if (!at_once) return tally.idle.push_back(&connection);
    ++under_way_;
    connection.began = Ticks::now();
    send(connection, groups_[connection.group].request());
  }
  void record(const Connection& connection, const Answer& answer) {
    auto& tally = tallies_[connection.group];
    const auto& group = groups_[connection.group];
    const auto now = Ticks::now();
    if (answer.status != group.status) {
      if (tally.wrong++ == 0)
        tally.first_wrong =
            std::string(answer.head.substr(0, answer.head.find('\r'))) + " " + std::string(answer.body.substr(0, 300));
      return;
    }
    if (now <= end_) {
      tally.microseconds.push_back(
          static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(now - connection.began).count()));
    }
    if (group.answered) group.answered(answer);
  }
  static Outcome outcome_of(Tally& tally, double seconds) {
    Outcome outcome{static_cast<double>(tally.microseconds.size()) / seconds,
                    0,
                    0,
                    tally.microseconds.size(),
                    tally.wrong,
                    tally.first_wrong};
    std::ranges::sort(tally.microseconds);
    const auto at = [&](double share) {
      if (tally.microseconds.empty()) return 0.0;
      const auto place = static_cast<std::size_t>(share * static_cast<double>(tally.microseconds.size() - 1));
      return static_cast<double>(tally.microseconds[place]) / 1000;
    };
    outcome.p50_ms = at(0.50);
    outcome.p99_ms = at(0.99);
    return outcome;
  }

  std::vector<Group> groups_;
  std::vector<Tally> tallies_;
  std::deque<Connection> connections_;  // a deque: epoll points into it
  int epoll_;
  int under_way_ = 0;
  Ticks::time_point begin_{}, end_{};
  std::array<char, 64UL * 1024> piece_{};
};

}  // namespace huiyin::bench
