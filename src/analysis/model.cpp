#include "analysis/model.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "analysis/features.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::analysis {
namespace {

constexpr std::string_view magic = "HUIYINCM";
constexpr std::uint32_t format_version = 1;
constexpr std::size_t digest_bytes = 32;

static_assert(std::endian::native == std::endian::little, "numbers stand little-endian in the file");
static_assert(sizeof(float) == 4);

class ModelWriter {
 public:
  template <class T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void numbers(const std::vector<T>& values) {
    if (!values.empty()) bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void text(std::string_view value) { bytes_ += value; }
  std::string take() && {
    const auto digest = crypto::sha256(std::string_view(bytes_));
    bytes_ += as_text(digest);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

// Reads what is there; anything beyond the end gives zeros, and ok() says so.
class ModelReader {
 public:
  explicit ModelReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T number() {
    T value{};
    const auto from = text(sizeof value);
    if (ok_) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  template <class T>
  std::vector<T> numbers(std::size_t count) {
    if (count > rest_.size() / sizeof(T)) {
      ok_ = false;
      return {};
    }
    std::vector<T> values(count);
    const auto from = text(count * sizeof(T));
    if (count > 0) std::memcpy(values.data(), from.data(), from.size());
    return values;
  }
  std::string_view text(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      return {};
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

Error unfit(Key why, std::vector<Argument> arguments = {}) { return {Code::invalid, {why, std::move(arguments)}}; }

bool all_finite(const std::vector<float>& values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

bool ascending(const std::vector<std::uint32_t>& values) {
  return std::ranges::adjacent_find(values, std::greater_equal()) == values.end();
}

bool read_head(ModelReader& in, Model& model) {
  model.trained_at = {in.number<std::int64_t>()};
  model.seed = in.number<std::uint64_t>();
  model.examples = in.number<std::uint64_t>();
  auto& scores = model.scores;
  scores.folds = in.number<std::uint32_t>();
  for (auto* value : {&scores.macro_f1, &scores.macro_f1_deviation, &scores.accuracy, &scores.calibration_error})
    *value = in.number<float>();
  const auto count = in.number<std::uint32_t>();
  if (!in.ok() || count < 2 || count > categories_max) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    CategoryScore category;
    const auto bytes = in.number<std::uint16_t>();
    category.name = in.text(bytes);
    category.examples = in.number<std::uint32_t>();
    category.precision = in.number<float>();
    category.recall = in.number<float>();
    const bool good = in.ok() && bytes > 0 && bytes <= category_bytes_max && is_text(category.name);
    if (!good || (i > 0 && category.name <= model.categories.back().name)) return false;
    model.categories.push_back(std::move(category));
  }
  const bool times = model.trained_at >= earliest_instant && model.trained_at < latest_instant;
  return times && all_finite({scores.macro_f1, scores.macro_f1_deviation, scores.accuracy, scores.calibration_error});
}

bool read_weights(ModelReader& in, Model& model) {
  const auto categories = model.categories.size();
  model.scale = in.number<float>();
  model.biases = in.numbers<float>(categories);
  model.intercepts = in.numbers<float>(categories);
  const auto features = in.number<std::uint32_t>();
  if (!in.ok() || features > features_max || features * model.stride() > model_numbers_max) return false;
  model.features = in.numbers<std::uint32_t>(features);
  model.numbers = in.numbers<float>(features * model.stride());
  return in.ok() && std::isfinite(model.scale) && all_finite(model.biases) && all_finite(model.intercepts) &&
         all_finite(model.numbers) && ascending(model.features);
}

}  // namespace

crypto::Hash Model::vocabulary() const {
  return crypto::sha256(ByteView(reinterpret_cast<const std::uint8_t*>(features.data()), features.size() * sizeof features[0]));
}

std::string write_model(const Model& model) {
  ModelWriter out;
  out.text(magic);
  out.number(format_version);
  out.number(feature_scheme);
  out.number(model.trained_at.ms);
  out.number(model.seed);
  out.number(model.examples);
  const auto& scores = model.scores;
  out.number(scores.folds);
  for (const auto value : {scores.macro_f1, scores.macro_f1_deviation, scores.accuracy, scores.calibration_error})
    out.number(value);
  out.number(static_cast<std::uint32_t>(model.categories.size()));
  for (const auto& category : model.categories) {
    out.number(static_cast<std::uint16_t>(category.name.size()));
    out.text(category.name);
    out.number(category.examples);
    out.number(category.precision);
    out.number(category.recall);
  }
  out.number(model.scale);
  out.numbers(model.biases);
  out.numbers(model.intercepts);
  out.number(static_cast<std::uint32_t>(model.features.size()));
  out.numbers(model.features);
  out.numbers(model.numbers);
  out.text(as_text(model.vocabulary()));
  return std::move(out).take();
}

Result<Model> read_model(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return unfit(key::model_foreign);
  ModelReader in(bytes.substr(magic.size()));
  const auto version = in.number<std::uint32_t>();
  const auto scheme = in.number<std::uint32_t>();
  if (!in.ok() || bytes.size() < digest_bytes) return unfit(key::model_damaged);
  if (version != format_version)
    return unfit(key::model_other_version,
                 {{"got", fmt::format("{}", version)}, {"expected", fmt::format("{}", format_version)}});
  if (scheme != feature_scheme)
    return unfit(key::model_other_features,
                 {{"got", fmt::format("{}", scheme)}, {"expected", fmt::format("{}", feature_scheme)}});
  const auto said = bytes.substr(0, bytes.size() - digest_bytes);
  if (as_text(crypto::sha256(said)) != bytes.substr(said.size())) return unfit(key::model_damaged);
  Model model;
  const bool read = read_head(in, model) && read_weights(in, model);
  const auto vocabulary = in.text(digest_bytes);
  in.text(digest_bytes);
  const bool whole = read && in.ok() && in.at_end();
  if (!whole || vocabulary != as_text(model.vocabulary())) return unfit(key::model_damaged);
  return model;
}

}  // namespace huiyin::analysis
