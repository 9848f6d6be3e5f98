// How fast personal data is found and answers are checked: texts a second on one core, over texts made here.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "analysis/personal/finder.h"
#include "analysis/quality/check.h"

namespace huiyin {
namespace {

constexpr std::size_t texts = 2000;
constexpr std::size_t text_bytes = 1000;  // what messages and answers have on average

std::vector<std::string> made_texts(unsigned seed) {
  const std::vector<std::string> pieces{"桂花巷东头的路灯坏了半个月，",
                                        "晚上看不见路。",
                                        "请尽快修复！",
                                        "我叫张三，",
                                        "电话13800000001。",
                                        "经现场查看，电缆老化，",
                                        "已于3月4日更换。",
                                        "根据《城市照明管理规定》第二十一条，",
                                        "下一步将争取早日解决。",
                                        "感谢您的支持！",
                                        "家住桂花小区3栋2单元501室，",
                                        "您反映的问题已转区城管局处理。",
                                        "井盖整夜作响，",
                                        "居民多次反映，",
                                        "物业公司没有回应，",
                                        "预算资金约120万元，",
                                        "希望增加一趟公交。"};
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::vector<std::string> made(texts);
  for (auto& text : made) {
    while (text.size() < text_bytes) text += pieces[piece(random)];
  }
  return made;
}

void mask(benchmark::State& state) {
  const personal::Finder finder;
  const auto masks = personal::masks_of(Language::zh);
  const auto made = made_texts(1);
  for (auto _ : state) {
    for (const auto& text : made) benchmark::DoNotOptimize(finder.mask(text, masks));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made.size()));
}
BENCHMARK(mask)->Unit(benchmark::kMillisecond);

void check_answers(benchmark::State& state) {
  const quality::AnswerCheck check;
  const auto asked = made_texts(2);
  const auto answers = made_texts(3);
  for (auto _ : state) {
    quality::Copies copies;
    for (std::size_t i = 0; i < texts; ++i) {
      const auto checked = check.check({asked[i].substr(0, 60), asked[i], answers[i]});
      benchmark::DoNotOptimize(copies.add(checked.core, checked.question));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts));
}
BENCHMARK(check_answers)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huiyin
