// Small messages of three categories, written for the tests, and a model that learnt from them.
#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "analysis/train.h"

namespace huiyin::analysis {

struct SampleMessage {
  std::string category, subject, body;
};

inline const std::shared_ptr<const Letters>& sample_letters() {
  static const auto letters = *Letters::make();
  return letters;
}

// `each` of every category, at most 60; no two are the same.
inline std::vector<SampleMessage> sample_messages(std::size_t each = 20) {
  struct Matter {
    const char* category;
    std::array<const char*, 5> subjects;
    std::array<const char*, 4> bodies;
  };
  static constexpr std::array<Matter, 3> matters{{
      {"噪声",
       {"夜间施工噪声扰民", "广场舞音响太吵", "楼下酒吧半夜放音乐", "工地打桩声音很大", "Noise at night from the bar"},
       {"机器一直响到凌晨，老人孩子睡不好觉。", "请管一管音量，每天晚上都是这样。", "多次报警，警察走了又响起来。",
        "The music is loud and nobody can sleep."}},
      {"教育",
       {"小学入学名额怎么分", "幼儿园收费太高", "学校食堂饭菜不卫生", "老师课外补课收钱", "Places in the primary school"},
       {"孩子今年六岁，学区划分没有公布。", "家长希望学校公开收费标准。", "班主任要求学生参加校外培训。",
        "The teacher asks pupils to pay for lessons."}},
      {"道路",
       {"路灯坏了没人修", "人行道上坑洼很多", "路口红绿灯时间太短", "井盖丢了很危险", "Holes in the road after rain"},
       {"天黑以后行人看不见路面，摔倒过两次。", "下雨积水，车辆经过溅一身泥。", "请市政部门尽快修补路面。",
        "The street lamp is broken and the pavement has holes."}},
  }};
  static constexpr std::array<const char*, 3> places{"东门街", "河西小区", "北站附近"};
  std::vector<SampleMessage> messages;
  for (std::size_t i = 0; i < each; ++i) {
    for (const auto& matter : matters)
      messages.push_back(
          {matter.category, matter.subjects[i % 5], fmt::format("{}：{}", places[i / 20], matter.bodies[i / 5 % 4])});
  }
  return messages;
}

inline Result<std::optional<Trained>> train_on(const std::vector<SampleMessage>& messages, TrainOptions options = {}) {
  Trainer trainer(sample_letters());
  for (const auto& [category, subject, body] : messages) {
    if (auto added = trainer.add({subject, body}, category); !added.ok()) return added.error();
  }
  return trainer.train(options, [](std::uint32_t, std::uint32_t) { return true; });
}

inline Model sample_model() { return (**train_on(sample_messages())).model; }

}  // namespace huiyin::analysis
