#include "pages/witnesses_page.h"

#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Key words_of(app::WitnessFault fault) {
  switch (fault) {
    case app::WitnessFault::unreachable: return key::witnesses_fault_unreachable;
    case app::WitnessFault::conflict: return key::witnesses_fault_conflict;
    case app::WitnessFault::unknown: return key::witnesses_fault_unknown;
    case app::WitnessFault::untrusted: return key::witnesses_fault_untrusted;
    case app::WitnessFault::signature: return key::witnesses_fault_signature;
  }
  return key::witnesses_fault_unreachable;
}

// A witness's own time; what no calendar of ours holds is shown as it came.
std::string time_of(const Setting& here, std::uint64_t seconds) {
  if (seconds >= static_cast<std::uint64_t>(latest_instant.ms / 1000)) return std::to_string(seconds);
  return time_words(here, Instant{static_cast<std::int64_t>(seconds) * 1000});
}

Html published_html(const Setting& here, const WitnessesPage& page) {
  if (!page.published) return paragraph(here.say(key::witnesses_nothing_published));
  const auto& head = *page.published;
  const std::vector<Argument> counts{{"count", std::to_string(head.vouchers.size())}, {"quorum", std::to_string(page.quorum)}};
  const auto who = page.witnesses.empty() ? here.say(key::witnesses_is_alone)
                   : head.witnessed       ? here.say(key::witnesses_is_witnessed, counts)
                                          : here.say(key::witnesses_is_signed, counts);
  return tag("p", {}, {tag("strong", {}, {here.say(key::witnesses_size, {{"size", std::to_string(head.head.size)}})}), " ", who});
}

Html witness_item(const Setting& here, const app::Publisher::Vouching& one) {
  Html words;
  if (one.since && one.last) {
    words = paragraph(
        here.say(key::witnesses_since,
                 {{"time", time_of(here, *one.since)}, {"size", std::to_string(one.size)}, {"last", time_of(here, *one.last)}}));
  } else {
    words = paragraph(here.say(key::witnesses_never));
  }
  if (one.fault) words += tag("p", {{"class", "fault"}}, {here.say(key::witnesses_fault, {{"fault", words_of(*one.fault)}})});
  return tag("li", {},
             {tag("h3", {{"dir", "auto"}}, {one.name}), std::move(words), tag("pre", {{"class", "command"}}, {one.vkey})});
}

}  // namespace

std::string witnesses_page(const Setting& here, const WitnessesPage& page) {
  Html who;
  if (page.witnesses.empty()) {
    who = paragraph(here.say(key::witnesses_none));
  } else {
    Html items;
    for (const auto& one : page.witnesses) items += witness_item(here, one);
    who = tag("ul", {{"class", "witnesses"}}, {std::move(items)});
  }
  auto main = tag("h1", {}, {here.say(key::witnesses_head)}) + paragraph("lead", here.say(key::witnesses_lead)) +
              tag("section", {}, {tag("h2", {}, {here.say(key::witnesses_published)}), published_html(here, page)}) +
              tag("section", {}, {tag("h2", {}, {here.say(key::witnesses_who)}), std::move(who)}) +
              tag("section", {},
                  {tag("h2", {}, {here.say(key::witnesses_key)}), paragraph(here.say(key::witnesses_key_words)),
                   tag("pre", {{"class", "command"}}, {page.log_key}),
                   tag("p", {}, {link(here.path("/verify"), here.say(key::verify_link))})});
  return document(here, {here.say(key::witnesses_head)}, main);
}

}  // namespace huiyin::pages
