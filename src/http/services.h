// What handlers work with, built in main and handed in. Everything in it may be used from any thread.
#pragma once

#include <functional>

#include "app/case/case_desk.h"
#include "app/published_figures.h"
#include "app/published_log.h"
#include "app/publisher.h"
#include "app/staff_desk.h"
#include "http/exchange.h"

namespace huiyin::http {

class WorkerPool;

struct Services {
  const app::Jurisdiction& jurisdiction;
  app::CaseDesk& cases;
  app::StaffDesk& staff;
  app::Committer& committer;
  app::PublishedLog& log;
  app::PublishedFigures& figures;
  app::Keys& keys;
  const Clock& clock;
  Random& random;
  WorkerPool& workers;  // for passwords alone: whoever guesses at them keeps nobody else waiting
  WorkerPool& page_workers;  // for pages that are made after a commit
  WorkerPool& log_workers;  // for readers of the public log: programs, who may be many and can wait
  const app::Publisher* publisher = nullptr;  // null where nothing is published
};

}  // namespace huiyin::http
