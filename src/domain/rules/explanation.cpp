#include "domain/rules/explanation.h"

#include <algorithm>

#include "base/day_words.h"
#include "texts/keys.h"

namespace huiyin::rules {
namespace {

// More are not said one by one; the screens have the list.
constexpr std::size_t spans_said_max = 12;

Key word_of(StartsAt start) {
  static constexpr std::array<Key, Names<StartsAt>::values.size()> words{
      key::clock_from_received, key::clock_from_accepted, key::clock_from_assigned,
      key::clock_from_answered, key::clock_from_review,   key::clock_from_review_given,
      key::clock_from_rereview, key::clock_from_closed,   key::clock_from_correction_asked};
  return words[static_cast<std::size_t>(start)];
}

// What the clock was counted from.
Key word_of(const Explanation& of) {
  static constexpr std::array<Key, Names<Began>::values.size()> words{
      key::clock_from_received, key::clock_from_return,   key::clock_from_reopening, key::clock_from_set_aside,
      key::clock_from_alarm,    key::clock_from_received, key::clock_from_correction};
  if (of.rule == promise_limit) return key::clock_from_promised;
  if (of.began != Began::as_said) return words[static_cast<std::size_t>(of.began)];
  const auto* known = find_known_limit(of.rule);
  return word_of(known == nullptr ? StartsAt::received : known->starts_at);
}

const LocalText& weekend_of(Day first, Day last) {
  static const auto in_both = [](Key key) { return LocalText{say(key, Language::zh), say(key, Language::en)}; };
  static const LocalText weekend = in_both(key::clock_weekend);
  static const auto weekdays = [] {
    std::vector<LocalText> names;
    for (int i = 0; i < 7; ++i) names.push_back({weekday_name({i}, Language::zh), weekday_name({i}, Language::en)});
    return names;
  }();
  return first == last ? weekdays[static_cast<std::size_t>((first.number % 7 + 7) % 7)] : weekend;
}

std::vector<PausedTime> paused_of(const LegalClock& clock, Day first, Day last, const Zone& zone) {
  std::vector<Pause> over;
  for (const auto& pause : clock.pauses) {
    if (pause.stops && pause.to) over.push_back(pause);
  }
  std::ranges::stable_sort(over, {}, &Pause::from);
  std::vector<PausedTime> paused;
  const bool in_hours = clock.due.terms.count == Count::hours;
  Instant done = clock.start;
  for (const auto& pause : over) {
    PausedTime time{pause.reason, std::max(pause.from, done), *pause.to, std::max(zone.day_of(pause.from), first),
                    std::min(zone.day_of(*pause.to), last)};
    if (in_hours) {
      if (time.from >= time.to || time.from > clock.due.at) continue;
      done = time.to;
    } else {
      if (time.first > time.last) continue;
      time.days = time.last - time.first + 1;
      first = time.last + 1;  // of two pauses on one day, the earlier one has it
    }
    paused.push_back(std::move(time));
  }
  return paused;
}

// Puts one sentence together.
class Sentence {
 public:
  Sentence(const Explanation& explanation, const Pack& pack, const Zone& zone, Language language)
      : of_(explanation), pack_(pack), zone_(zone), language_(language), start_day_(zone.day_of(explanation.start)) {}

  std::string say_all() {
    begin();
    if (of_.extended > 0) add({key::clock_extended, {{"amount", words({amount_of(of_.terms.count, of_.extended)})}}});
    if (!of_.skipped.empty()) {
      add({of_.terms.count == Count::working_days ? key::clock_skipped : key::clock_moved, {{"days", skipped_words()}}});
    }
    if (!of_.paused.empty()) add({key::clock_paused, {{"days", paused_words()}}});
    if (!of_.ran_on.empty()) add({key::clock_ran_on, {{"reasons", reasons_words()}}});
    end();
    return with_article();
  }

 private:
  [[nodiscard]] std::string words(const Message& message) const { return say(message, language_); }
  [[nodiscard]] std::string time_words(Instant at) const {
    return day_and_time(zone_.day_of(at), zone_.time_of_day(at), language_);
  }
  [[nodiscard]] std::string start_words() const { return in_hours() ? time_words(of_.start) : plain_day(start_day_, language_); }
  [[nodiscard]] const Limit* limit() const { return pack_.find_limit(of_.own_limit.value_or(of_.rule)); }
  [[nodiscard]] bool is_promise() const { return of_.rule == promise_limit; }
  [[nodiscard]] bool in_hours() const { return of_.terms.count == Count::hours; }
  [[nodiscard]] std::string name_of(const PauseCode& code) const {
    const auto* pause = pack_.find_pause(code);
    return pause == nullptr ? code.text : pause->name.in(language_);
  }

  void begin() {
    // One that the pack has no more is called as the one for all.
    const auto* own = limit();
    const auto* limit = own != nullptr ? own : pack_.find_limit(of_.rule);
    text_ = words({in_hours() ? key::clock_hours : key::clock_days,
                   {{"name", limit != nullptr ? limit->name.in(language_)
                             : is_promise()   ? words({key::clock_promise})
                                              : of_.rule.text},
                    {"amount", words(amount_of(of_.terms.count, of_.terms.amount))},
                    {"event", word_of(of_)},
                    {"start", start_words()}}});
  }

  void end() {
    if (of_.stopped) {
      add({key::clock_stopped,
           {{"day", plain_day(zone_.day_of(of_.stopped->from), language_)}, {"reason", name_of(of_.stopped->reason)}}});
      return;
    }
    if (in_hours()) add({key::clock_ends_time, {{"time", time_words(of_.due)}}});
    else add({key::clock_ends_day, {{"day", long_day(of_.last_day, language_)}}});
    if (of_.provisional_from) add({key::clock_provisional, {{"day", plain_day(*of_.provisional_from, language_)}}});
  }

  [[nodiscard]] std::string with_article() const {
    if (is_promise()) return words({key::clock_by_promise, {{"sentence", text_}}});
    if (limit() == nullptr || limit()->terms != of_.terms) {
      return words({key::clock_by_old_rules, {{"sentence", text_}, {"day", plain_day(start_day_, language_)}}});
    }
    return words({key::clock_by_article, {{"sentence", text_}, {"article", limit()->article.in(language_)}}});
  }

  void add(const Message& clause) { text_ = words({key::clock_clause, {{"before", text_}, {"next", words(clause)}}}); }

  void add_to(std::string& list, const std::string& next) const {
    list = list.empty() ? next : words({key::clock_list, {{"before", list}, {"next", next}}});
  }

  // "1–7 October (National Day), 10–11 October, 17–18 October (weekend)": what has one reason stands together.
  [[nodiscard]] std::string skipped_words() const {
    struct Group {
      std::string why;
      std::string days{};
    };
    std::vector<Group> groups;
    const auto said = std::min(of_.skipped.size(), spans_said_max);
    for (std::size_t i = 0; i < said; ++i) {
      const auto& [first, last, name] = of_.skipped[i];
      const auto& why = (name ? *name : weekend_of(first, last)).in(language_);
      auto group = std::ranges::find(groups, why, &Group::why);
      if (group == groups.end()) group = groups.insert(group, {why});
      add_to(group->days, span_of_days(first, last, start_day_, language_));
    }
    std::string all;
    for (const auto& group : groups) add_to(all, words({key::clock_days_why, {{"days", group.days}, {"why", group.why}}}));
    if (said < of_.skipped.size()) {
      const std::vector<SkippedDays> rest(of_.skipped.begin() + static_cast<std::ptrdiff_t>(said), of_.skipped.end());
      add_to(all, words({key::clock_more_days, {{"count", std::to_string(days_in(rest))}}}));
    }
    return all;
  }

  [[nodiscard]] std::string paused_words() const {
    std::string all;
    for (const auto& pause : of_.paused) {
      const auto when = pause.days > 0
                            ? span_of_days(pause.first, pause.last, start_day_, language_)
                            : words({key::clock_from_to, {{"from", time_words(pause.from)}, {"to", time_words(pause.to)}}});
      add_to(all, words({key::clock_days_why, {{"days", when}, {"why", name_of(pause.reason)}}}));
    }
    return all;
  }

  [[nodiscard]] std::string reasons_words() const {
    std::string all;
    for (const auto& reason : of_.ran_on) add_to(all, name_of(reason));
    return all;
  }

  const Explanation& of_;
  const Pack& pack_;
  const Zone& zone_;
  Language language_;
  Day start_day_;
  std::string text_;
};

}  // namespace

Message amount_of(Count count, int amount) {
  struct Amount {
    Key one;
    Key many;
  };
  static constexpr std::array<Amount, Names<Count>::values.size()> words{{{key::amount_calendar_day, key::amount_calendar_days},
                                                                          {key::amount_working_day, key::amount_working_days},
                                                                          {key::amount_hour, key::amount_hours}}};
  const auto& word = words[static_cast<std::size_t>(count)];
  return {amount == 1 ? word.one : word.many, {{"count", std::to_string(amount)}}};
}

int days_in(const std::vector<SkippedDays>& skipped) {
  int days = 0;
  for (const auto& span : skipped) days += span.last - span.first + 1;
  return days;
}

Explanation explain(const LegalClock& clock, const Zone& zone) {
  Explanation out;
  out.rule = clock.due.rule;
  out.own_limit = clock.due.own_limit;
  out.began = clock.began;
  out.terms = clock.due.terms;
  out.extended = clock.extended;
  out.start = clock.start;
  out.due = clock.due.at;
  out.first_day = zone.day_of(clock.start) + 1;
  out.last_day = zone.day_of(clock.due.at);
  out.skipped = clock.due.skipped;
  out.paused = paused_of(clock, out.first_day, out.last_day, zone);
  out.provisional_from = clock.due.provisional_from;
  if (const auto* stop = find_stop(clock); stop != nullptr && !clock.met) out.stopped = *stop;
  for (const auto& pause : clock.pauses) {
    const bool said = std::ranges::find(out.ran_on, pause.reason) != out.ran_on.end();
    if (!pause.stops && pause.from <= clock.due.at && !said) out.ran_on.push_back(pause.reason);
  }
  out.counted = clock.due.terms.amount + clock.extended;
  if (clock.due.terms.count != Count::hours) {
    out.counted = out.last_day - out.first_day + 1 - days_in(out.skipped);
    for (const auto& pause : out.paused) out.counted -= pause.days;
  }
  return out;
}

std::string say(const Explanation& explanation, const Pack& pack, const Zone& zone, Language language) {
  return Sentence(explanation, pack, zone, language).say_all();
}

std::string say(const DayOff& off, Language language) {
  if (off.name) return off.name->in(language);
  constexpr int epoch = static_cast<int>(Weekday::thursday);
  return weekday_name({static_cast<int>(off.weekday) - epoch}, language);
}

}  // namespace huiyin::rules
