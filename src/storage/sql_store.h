// The store over a SQL engine. Reads come from a pool of connections, writes from the one writer; what the nodes tell each other
// of their clients has a connection of its own, for the writer may be busy.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "app/store.h"
#include "storage/database.h"

namespace huiyin::storage {

// Makes the tables' interface of one matter over a connection; one a matter (storage/rows.cpp).
struct RowsMaker {
  std::string_view record_type;
  std::unique_ptr<app::Rows> (*make)(Connection&, JurisdictionId);
};
std::span<const RowsMaker> all_rows();

class SqlStore final : public app::Store {
 public:
  // Brings the schema up to date first; throws StoreFailure when it is newer than this program.
  explicit SqlStore(std::unique_ptr<Database> database);
  ~SqlStore() override;
  std::unique_ptr<app::ReadView> read(JurisdictionId jurisdiction) override;
  std::unique_ptr<app::WriteView> write(JurisdictionId jurisdiction) override;
  std::vector<app::JurisdictionRow> list_jurisdictions() override;
  JurisdictionId put_jurisdiction(const app::JurisdictionRow& row) override;
  std::vector<app::RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                         std::span<const app::RequestCount> counted) override;

 private:
  friend class SqlView;
  std::unique_ptr<Connection> take_reader();
  void give_back(std::unique_ptr<Connection> reader);
  Connection& writer();

  std::unique_ptr<Database> database_;
  std::unique_ptr<Connection> writer_;
  std::mutex writing_;
  std::unique_ptr<Connection> counter_;  // none before the first exchange
  std::mutex counting_;
  std::mutex pool_mutex_;
  std::vector<std::unique_ptr<Connection>> pool_;
};

}  // namespace huiyin::storage
