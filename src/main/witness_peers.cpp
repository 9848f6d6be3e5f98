#include "main/witness_peers.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/text.h"
#include "channels/http_witness.h"

namespace huiyin {
namespace {

app::WitnessPeer read_peer(const std::string& text) {
  const auto space = text.find(' ');
  const auto url = text.substr(0, space);
  const auto key =
      space == std::string::npos ? std::nullopt : log::NoteVerifier::parse(trimmed(std::string_view(text).substr(space)));
  if (!channels::is_witness_url(url))
    throw std::runtime_error(fmt::format("--witness: got '{}', expected 'URL VKEY' with an http or https address", text));
  if (!key || key->type() != log::SignatureType::cosignature)
    throw std::runtime_error(fmt::format(
        "--witness: got '{}', expected 'URL VKEY' with the verifier key of a witness, as `huiyin witness` prints it", text));
  return {*key, channels::http_witness(url)};
}

}  // namespace

WitnessPeers read_witness_peers(const std::vector<std::string>& witnesses, unsigned quorum) {
  WitnessPeers out;
  for (const auto& text : witnesses) {
    auto peer = read_peer(text);
    for (const auto& other : out.peers) {
      if (other.key.name() == peer.key.name())
        throw std::runtime_error(fmt::format("--witness: {} is named twice; each witness vouches once", peer.key.name()));
    }
    out.peers.push_back(std::move(peer));
  }
  if (out.peers.size() > app::witnesses_max)
    throw std::runtime_error(fmt::format("--witness: got {}, expected at most {}", out.peers.size(), app::witnesses_max));
  if (quorum > out.peers.size())
    throw std::runtime_error(
        fmt::format("--witness-quorum: got {}, expected at most the number of witnesses, {}", quorum, out.peers.size()));
  out.quorum = quorum > 0 || out.peers.empty() ? quorum : out.peers.size() / 2 + 1;
  return out;
}

}  // namespace huiyin
