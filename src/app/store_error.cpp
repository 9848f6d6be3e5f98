#include "app/store_error.h"

#include "texts/keys.h"

namespace huiyin::app {

Error error_of(const StoreFailure& fault) {
  switch (fault.kind()) {
    case StoreFailure::Kind::full: return {Code::unavailable, {key::committer_disk_full}, {}, fault.what()};
    case StoreFailure::Kind::read_only: return {Code::unavailable, {key::committer_read_only}, {}, fault.what()};
    case StoreFailure::Kind::damaged: return {Code::unavailable, {key::committer_damaged}, {}, fault.what()};
    case StoreFailure::Kind::busy: return {Code::unavailable, {key::committer_busy}, {}, fault.what()};
    case StoreFailure::Kind::in_doubt: return {Code::unavailable, {key::committer_in_doubt}, {}, fault.what()};
    case StoreFailure::Kind::outdated: return {Code::unavailable, {key::committer_outdated}, {}, fault.what()};
    case StoreFailure::Kind::moved: return {Code::unavailable, {key::committer_moved}, {}, fault.what()};
    case StoreFailure::Kind::constraint:
    case StoreFailure::Kind::other: break;
  }
  return {Code::internal, {key::committer_failed}, {}, fault.what()};
}

}  // namespace huiyin::app
