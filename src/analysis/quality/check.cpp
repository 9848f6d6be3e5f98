#include "analysis/quality/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "analysis/quality/question.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::quality {
namespace {

using reading::Letters;

constexpr std::size_t said_letters_min = 6;       // less than that says nothing
constexpr std::size_t passed_on_letters_max = 8;  // beside the handover
constexpr std::size_t good_grounds_min = 3;       // of act, day, somebody to turn to, rule
constexpr std::size_t passage_letters_max = 200;
constexpr std::size_t fours = 4;
constexpr std::size_t matter_letters_min = 30;  // a shorter answer means the matter without naming it

// What the sentences say together.
struct Sum {
  std::vector<const Sentence*> said;  // those that are no mere courtesy
  std::size_t content = 0;
  bool act = false, settled = false, day = false, contact = false, rule = false, deadline = false, figure = false;
  bool handed_over = false, to_us = false;

  [[nodiscard]] std::size_t grounds() const noexcept {
    return (act ? 1U : 0U) + (day || deadline ? 1U : 0U) + (contact ? 1U : 0U) + (rule ? 1U : 0U);
  }
};

bool is_handover(const Sentence& sentence) noexcept {
  return sentence.has(Sign::handover) && sentence.has(Sign::handover_aim) && !sentence.has(Sign::settled);
}

Sum sum_of(const Passage& answer) {
  Sum sum;
  for (const auto& sentence : answer.sentences) {
    if (sentence.content < said_letters_min && !is_handover(sentence)) continue;
    sum.said.push_back(&sentence);
    sum.content += sentence.content;
    sum.handed_over = sum.handed_over || is_handover(sentence);
    sum.to_us = sum.to_us || sentence.has(Sign::to_us);
    if (is_handover(sentence)) continue;
    sum.act = sum.act || sentence.has(Sign::act) || sentence.has(Sign::settled);
    sum.settled = sum.settled || sentence.has(Sign::settled);
    sum.day = sum.day || sentence.has(Sign::day);
    sum.deadline = sum.deadline || sentence.has(Sign::deadline);
    sum.contact = sum.contact || sentence.has(Sign::contact);
    sum.rule = sum.rule || sentence.has(Sign::rule);
    sum.figure = sum.figure || sentence.has(Sign::figure);
  }
  return sum;
}

class Check {
 public:
  Check(const Options& options, const SignReader& reader, const Answered& answered)
      : options_(options), reader_(reader), answered_(answered), answer_(reader.read(answered.answer)), sum_(sum_of(answer_)) {}

  Checked run() {
    const bool passed_on = is_passed_on();
    const bool nothing = !passed_on && is_nothing();
    if (passed_on) remark_passed_on();
    if (nothing) remark_nothing();
    if (!passed_on) remark_promise();
    remark_cold();
    if (!passed_on && !nothing) remark_beside();
    std::stable_sort(checked_.remarks.begin(), checked_.remarks.end(),
                     [](const Remark& a, const Remark& b) { return a.begin < b.begin; });
    make_core(passed_on);
    return std::move(checked_);
  }

 private:
  void remark(Kind kind, std::size_t begin, std::size_t end, Message why, Message mend) {
    const auto& rule = options_.rule_of(kind);
    if (!rule.on) return;
    end = std::min(end, begin + passage_letters_max);
    checked_.remarks.push_back(
        {kind, rule.weight, answer_.letters.at[begin], answer_.letters.at[end], std::move(why), std::move(mend)});
  }
  void remark(Kind kind, const Sentence& at, Message why, Message mend) {
    remark(kind, at.begin, at.end, std::move(why), std::move(mend));
  }

  // Nothing beside the handover but that more will be said.
  [[nodiscard]] bool is_passed_on() const {
    if (!sum_.handed_over || sum_.to_us) return false;
    std::size_t other = 0;
    for (const auto* sentence : sum_.said) {
      if (!is_handover(*sentence) && !sentence->has(Sign::follow_up)) other += sentence->content;
    }
    return other < passed_on_letters_max;
  }

  void remark_passed_on() {
    const auto sentence = std::find_if(sum_.said.begin(), sum_.said.end(), [](const Sentence* s) { return is_handover(*s); });
    remark(Kind::passed_on, **sentence, {key::remark_why_passed_on}, {key::remark_mend_passed_on});
  }

  [[nodiscard]] bool is_nothing() const {
    if (sum_.content < said_letters_min) return true;
    if (sum_.settled || sum_.day || sum_.deadline) return false;
    const bool weak = std::all_of(sum_.said.begin(), sum_.said.end(), [](const Sentence* s) {
      return s->has(Sign::promise) || s->has(Sign::refusal) || s->has(Sign::padding) || s->has(Sign::ritual) ||
             s->has(Sign::follow_up);
    });
    return weak && !sum_.act && !sum_.contact && !sum_.rule;
  }

  void remark_nothing() {
    if (answer_.letters.size() == 0) return;
    const bool empty = sum_.content < said_letters_min;
    const auto& at = empty ? answer_.sentences : std::vector<Sentence>{*sum_.said.front()};
    const auto begin = at.empty() ? 0 : at.front().begin;
    const auto end = at.empty() ? answer_.letters.size() : at.back().end;
    remark(Kind::nothing_done, begin, end, {empty ? key::remark_why_empty : key::remark_why_nothing}, {key::remark_mend_nothing});
  }

  // What was asked stays open: promised, without a day, and nothing that settles it.
  void remark_promise() {
    if (sum_.settled || sum_.deadline || sum_.grounds() >= good_grounds_min) return;
    for (const auto* sentence : sum_.said) {
      if (!sentence->has(Sign::promise) || sentence->has(Sign::day) || sentence->has(Sign::ritual) || is_handover(*sentence))
        continue;
      return remark(Kind::promise_without_date, *sentence, {key::remark_why_promise}, {key::remark_mend_promise});
    }
  }

  void remark_cold() {
    for (const auto& sentence : answer_.sentences) {
      if (sentence.has(Sign::cold)) return remark(Kind::cold_tone, sentence, {key::remark_why_cold}, {key::remark_mend_cold});
    }
  }

  void remark_beside() {
    if (sum_.said.empty() || sum_.handed_over || sum_.grounds() >= good_grounds_min) return;
    const Question question(reader_, answered_);
    const auto& at = *sum_.said.front();
    const auto say_so = [&](Message why) { remark(Kind::beside_the_point, at, std::move(why), {key::remark_mend_beside}); };
    const bool time = sum_.day || sum_.deadline || answer_.has(Sign::day) || answer_.has(Sign::no_time_yet);
    const bool open = !sum_.settled && !sum_.contact && !sum_.day && !sum_.rule && sum_.content >= matter_letters_min;
    if (auto words = open ? question.untouched_matter(answer_) : std::nullopt)
      return say_so({key::remark_why_matters, {{"words", *std::move(words)}}});
    if (question.asks(Sign::asks_when) && !time) return say_so({key::remark_why_when});
    if (question.asks(Sign::asks_rule) && !sum_.rule) return say_so({key::remark_why_rule});
    if (question.asks(Sign::asks_amount) && !sum_.figure && !sum_.contact) return say_so({key::remark_why_amount});
  }

  // What is left without courtesies, days, figures and the case's own words; a handover counts as one word, whoever gets it.
  void make_core(bool passed_on) {
    if (sum_.said.empty() || sum_.grounds() >= good_grounds_min) return;
    constexpr std::uint64_t handover_feature = 1;
    std::size_t letters = 0;
    if (passed_on) {
      checked_.core.add(handover_feature);
    } else {
      const auto own = own_words();
      for (const auto* sentence : sum_.said) letters += add_sentence(*sentence, own);
      constexpr std::size_t core_letters_min = 12;
      if (letters < core_letters_min) return void(checked_.core = {});
    }
    checked_.core.finish();
    const auto longest = std::max_element(sum_.said.begin(), sum_.said.end(),
                                          [](const auto* a, const auto* b) { return a->content < b->content; });
    checked_.core_begin = answer_.letters.at[(*longest)->begin];
    checked_.core_end = answer_.letters.at[std::min((*longest)->end, (*longest)->begin + passage_letters_max)];
    const auto body = reading::letters_of(answered_.body);
    for_each_gram(body, fours, [&](std::uint64_t gram, std::size_t) { checked_.question.add(gram); });
    checked_.question.finish();
  }

  // Letters of the answer that stand in the question too, three in a row.
  [[nodiscard]] std::vector<bool> own_words() const {
    constexpr std::size_t threes = 3;
    std::unordered_set<std::uint64_t> asked;
    for (const auto words : {answered_.subject, answered_.body}) {
      for_each_gram(reading::letters_of(words), threes, [&](std::uint64_t gram, std::size_t) { asked.insert(gram); });
    }
    std::vector<bool> own(answer_.letters.size(), false);
    for_each_gram(answer_.letters, threes, [&](std::uint64_t gram, std::size_t begin) {
      if (!asked.contains(gram)) return;
      for (std::size_t i = 0; i < threes; ++i) own[begin + i] = true;
    });
    return own;
  }

  std::size_t add_sentence(const Sentence& sentence, const std::vector<bool>& own) {
    std::uint64_t gram = 0;
    std::size_t count = 0;
    for (auto i = sentence.begin; i < sentence.end; ++i) {
      const auto c = reading::lower(answer_.letters[i]);
      if (own[i] || answer_.covered[i] || (!reading::is_han(c) && !reading::is_latin(c))) continue;
      gram = ((gram << 16U) | (c & 0xFFFFU));
      if (++count >= fours) checked_.core.add(gram);
    }
    return count;
  }

  const Options& options_;
  const SignReader& reader_;
  const Answered& answered_;
  Passage answer_;
  Sum sum_;
  Checked checked_;
};

}  // namespace

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::boilerplate: return "boilerplate";
    case Kind::beside_the_point: return "beside_the_point";
    case Kind::nothing_done: return "nothing_done";
    case Kind::passed_on: return "passed_on";
    case Kind::promise_without_date: return "promise_without_date";
    case Kind::cold_tone: return "cold_tone";
  }
  return {};
}

Key title_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::boilerplate: return key::remark_boilerplate;
    case Kind::beside_the_point: return key::remark_beside_the_point;
    case Kind::nothing_done: return key::remark_nothing_done;
    case Kind::passed_on: return key::remark_passed_on;
    case Kind::promise_without_date: return key::remark_promise_without_date;
    case Kind::cold_tone: return key::remark_cold_tone;
  }
  return {};
}

Checked AnswerCheck::check(const Answered& answered) const { return Check(options_, reader_, answered).run(); }

std::optional<Remark> AnswerCheck::copied(std::size_t others, std::size_t begin, std::size_t end) const {
  const auto& rule = options_.rule_of(Kind::boilerplate);
  if (!rule.on || others < options_.copies_min) return std::nullopt;
  return Remark{
      Kind::boilerplate,        rule.weight, begin, end, {key::remark_why_copies, {{"count", fmt::format("{}", others)}}},
      {key::remark_mend_copies}};
}

}  // namespace huiyin::quality
