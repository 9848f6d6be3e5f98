#include "app/published_figures.h"

#include "texts/keys.h"

namespace huiyin::app {

PublishedFigures::~PublishedFigures() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void PublishedFigures::start() {
  thread_ = std::thread([this] { follow(); });
}

bool PublishedFigures::is_ending() {
  const std::scoped_lock lock(mutex_);
  return ending_;
}

void PublishedFigures::follow() {
  std::string told;  // each fault once, not every second
  const auto tell = [&](const std::exception& fault, bool damaged) {
    if (told != fault.what()) parts_.log_fault(std::string("figures: ") + fault.what());
    told = fault.what();
    const std::scoped_lock lock(mutex_);
    damaged_ = damaged;
  };
  for (;;) {
    try {
      catch_up();
      told.clear();
    } catch (const StoreFailure& fault) {
      tell(fault, fault.kind() == StoreFailure::Kind::damaged);
    } catch (const std::exception& fault) {
      tell(fault, false);
    }
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, figures_every, [this] { return ending_; })) return;
  }
}

void PublishedFigures::catch_up() {
  const std::scoped_lock one(catching_up_);
  const auto head = parts_.find_head();
  const auto size = head ? head->size : 0;
  while (fold_.cells().size() < size && !is_ending()) {  // nobody else adds
    const auto view = parts_.store.read(parts_.jurisdiction.id);
    const auto piece = fold_.read(*view, size, entries_at_once);
    const std::scoped_lock lock(mutex_);
    fold_.add(piece);
  }
  const std::scoped_lock lock(mutex_);
  ready_ = ready_ || fold_.cells().size() >= size;
  damaged_ = false;
}

// Under the lock.
std::optional<Error> PublishedFigures::not_ready() const {
  if (ready_) return std::nullopt;
  if (damaged_) return Error{Code::unavailable, {key::published_damaged}};
  const auto head = parts_.find_head();
  const auto all = std::to_string(head ? head->size : 0);
  return Error{Code::unavailable, {key::published_not_ready, {{"done", std::to_string(fold_.cells().size())}, {"all", all}}}};
}

Result<std::string> PublishedFigures::figures() {
  const std::scoped_lock lock(mutex_);
  if (auto why = not_ready()) return *std::move(why);
  if (figures_.empty() || figures_size_ != fold_.cells().size()) {
    figures_ = log::figures_json(fold_.figures(), parts_.jurisdiction.origin);
    figures_size_ = fold_.cells().size();
  }
  return figures_;
}

Result<PublishedFigures::Lines> PublishedFigures::disclosures(std::string_view month, std::uint64_t from) {
  const auto wanted = log::month_from_text(month);
  if (!wanted) return Error{Code::not_found, {key::published_no_such_month}};
  std::vector<std::uint64_t> indexes;
  {
    const std::scoped_lock lock(mutex_);
    if (auto why = not_ready()) return *std::move(why);
    indexes = fold_.cells().list_open(*wanted, from, disclosed_lines_max + 1);
  }
  if (indexes.empty() && from == 0) return Error{Code::not_found, {key::published_no_such_month}};
  std::optional<std::uint64_t> next;
  if (indexes.size() > disclosed_lines_max) {
    next = indexes.back();
    indexes.pop_back();
  }
  return Lines{disclosed_lines(*parts_.store.read(parts_.jurisdiction.id), indexes), next};
}

}  // namespace huiyin::app
