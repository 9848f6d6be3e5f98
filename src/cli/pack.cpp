#include <iostream>

#include "app/pack_reader.h"
#include "cli/cli.h"

namespace huiyin::cli {

int check_pack(const std::filesystem::path& folder, Host& host) {
  const auto reading = app::read_pack_folder(folder);
  for (const auto& fault : reading.faults) host.out << say(fault, Language::en) << '\n';
  if (!reading.faults.empty()) {
    host.err << reading.faults.size() << (reading.faults.size() == 1 ? " fault\n" : " faults\n");
    return failed;
  }
  const auto pack = app::pack_from_json(reading.json);
  host.out << "good: " << pack->units.size() << " units, " << pack->categories.size() << " categories, " << pack->limits.size()
           << " limits, " << pack->roads.size() << " roads\n";
  return done;
}

}  // namespace huiyin::cli
