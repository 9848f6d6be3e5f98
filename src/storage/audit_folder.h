// AuditState as a folder: `vkey`, `checkpoint-<size>` for each checkpoint (a line with the time of the audit, then the signed
// note), and `evidence-<hash>/` for what proves a fraud. Each file appears whole or not at all (storage/files.h).
#pragma once

#include <filesystem>
#include <memory>

#include "app/audit_state.h"

namespace huiyin::storage {

// The folder is made with the first thing that is kept.
std::unique_ptr<app::AuditState> audit_folder(std::filesystem::path folder);

}  // namespace huiyin::storage
