#include "domain/rules/pack.h"

#include <algorithm>

#include "base/assert.h"

namespace huiyin::rules {
namespace {

// Packs hold hundreds of rows, not millions: a walk is quick and keeps the pack plain data.
template <class Row, class Code>
const Row* find(const std::vector<Row>& rows, const Code& code) {
  const auto found = std::ranges::find(rows, code, &Row::code);
  return found == rows.end() ? nullptr : &*found;
}

template <class Row, class Code>
const Code& top(const std::vector<Row>& rows, const Code& code) {
  const Row* row = find(rows, code);
  if (row == nullptr) return code;
  while (row->parent) {
    row = find(rows, *row->parent);
    HUIYIN_ASSERT(row != nullptr);  // the reader refuses a parent that is not there, and circles
  }
  return row->code;
}

}  // namespace

std::span<const KnownLimit> known_limits() {
  static const std::array<KnownLimit, 11> limits{{{accept_limit, StartsAt::received},
                                                  {object_limit, StartsAt::assigned},
                                                  {finish_limit, StartsAt::accepted},
                                                  {ask_review_limit, StartsAt::answered},
                                                  {review_limit, StartsAt::review_asked},
                                                  {ask_rereview_limit, StartsAt::reviewed},
                                                  {rereview_limit, StartsAt::rereview_asked},
                                                  {reopen_limit, StartsAt::closed},
                                                  {urgent_limit, StartsAt::received},
                                                  {ask_correction_limit, StartsAt::received, true},
                                                  {correction_limit, StartsAt::correction_asked, true}}};
  return limits;
}

const KnownLimit* find_known_limit(const RuleCode& code) {
  const auto limits = known_limits();
  const auto found = std::ranges::find(limits, code, &KnownLimit::code);
  return found == limits.end() ? nullptr : &*found;
}

const Unit* Pack::find_unit(const UnitCode& code) const { return find(units, code); }
const Category* Pack::find_category(const CategoryCode& code) const { return find(categories, code); }
const Limit* Pack::find_limit(const RuleCode& code) const { return find(limits, code); }
const Road* Pack::find_road(const RoadCode& code) const { return find(roads, code); }
const PauseReason* Pack::find_pause(const PauseCode& code) const { return find(pauses, code); }
const UnitCode& Pack::top_of(const UnitCode& code) const { return top(units, code); }
const CategoryCode& Pack::top_of(const CategoryCode& code) const { return top(categories, code); }

const AnswerKind* Pack::find_answer(const AnswerCode& code) const { return find(answers, code); }

const Category* Pack::find_above(const Category& row) const { return row.parent ? find_category(*row.parent) : nullptr; }

const Limit* Pack::find_limit_for(const RuleCode& rule, const std::optional<CategoryCode>& category) const {
  for (const Category* row = category ? find_category(*category) : nullptr; row != nullptr; row = find_above(*row)) {
    const auto found = std::ranges::find_if(limits, [&](const Limit& limit) {
      return limit.rule == rule && std::ranges::find(limit.categories, row->code) != limit.categories.end();
    });
    if (found != limits.end()) return &*found;
  }
  return find_limit(rule);
}

const Limit& Pack::limit_for(const RuleCode& rule, const std::optional<CategoryCode>& category) const {
  const auto* found = find_limit_for(rule, category);
  HUIYIN_ASSERT(found != nullptr);  // app/limit_check.cpp refuses a pack without it
  return *found;
}

const AnswerKind& Pack::answer_for(const std::optional<CategoryCode>& category) const {
  HUIYIN_ASSERT(!answers.empty());
  for (const Category* row = category ? find_category(*category) : nullptr; row != nullptr; row = find_above(*row)) {
    if (row->answer) return *find_answer(*row->answer);
  }
  return answers.front();
}

std::vector<UnitCode> Pack::chain_of(const UnitCode& code) const {
  std::vector<UnitCode> chain{code};
  for (const Unit* row = find_unit(code); row != nullptr && row->parent; row = find_unit(*row->parent))
    chain.push_back(*row->parent);
  return chain;
}

std::optional<UnitCode> Pack::unit_for(const CategoryCode& code) const {
  for (const Category* row = find_category(code); row != nullptr; row = find_above(*row)) {
    if (row->unit) return row->unit;
  }
  return std::nullopt;
}

}  // namespace huiyin::rules
