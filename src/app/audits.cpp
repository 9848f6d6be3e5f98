// The audits of every record type: one line each.
#include "app/audit.h"
#include "app/case/case_audit.h"

namespace huiyin::app {

std::vector<std::unique_ptr<Audit>> all_audits() {
  std::vector<std::unique_ptr<Audit>> audits;
  audits.push_back(make_case_audit());
  return audits;
}

}  // namespace huiyin::app
