// An audit finds every way to spoil a log, whoever did it: the network, a thief without the key, or the body that has it. Each is
// named with where it is, what was expected and what was found.
#include "log/audit/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "published_body.h"

namespace huiyin::log {

// Failures print it by its name.
static void PrintTo(AuditFault fault, std::ostream* out) { *out << name_of(fault); }

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using enum AuditFault;

constexpr std::string_view march = "disclosures/2026-03.jsonl";

class AuditTest : public testing::Test {
 protected:
  // Two units, one with a cell that is open; 300 entries, so that two bundles and three tiles are there.
  AuditTest() {
    for (unsigned record = 0; record < 97; ++record) body.live(record, record < 50 ? "2026-03-01" : "2026-04-02", "housing");
    body.live(200, "2026-04-02", "roads");  // alone
    body.act_sealed("2026-04-02");
    body.act({201, "submitted", "2026-04-03"});
    body.act({0, "returned", "2026-04-03", "housing"});
    body.act({1, "review_asked", "2026-04-03", "housing"});
    body.act({2, "erased", "2026-04-03", "housing"});
    body.act({3, "accepted", "2026-04-03", "housing"});
  }

  AuditReport audit(FilesInMemory& files) {
    auto report = audit_log(files, known, [](auto, auto) {});
    EXPECT_TRUE(report.ok());
    return report.ok() ? *std::move(report) : AuditReport{};
  }
  // The kinds of what is found, each once, in the order of AuditFault.
  static std::vector<AuditFault> kinds(const AuditReport& report) {
    std::vector<AuditFault> found;
    for (const auto fault : all_audit_faults())
      if (report.findings.count(fault) > 0) found.push_back(fault);
    return found;
  }
  static AuditFinding first(const AuditReport& report, AuditFault fault) {
    for (const auto& one : report.findings.kept())
      if (one.what == fault) return one;
    ADD_FAILURE() << "no " << name_of(fault);
    return {};
  }
  std::vector<AuditFault> found_after(const std::function<void(FilesInMemory&)>& spoil) {
    auto files = body.publish();
    spoil(files);
    return kinds(audit(files));
  }
  // What the body itself writes otherwise, and signs.
  void rewrite(std::size_t index, std::string_view what, std::string_view with) {
    auto& text = body.texts.at(index);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos) << text;
    text.replace(at, what.size(), with);
  }
  static void flip(std::string& bytes, std::size_t at) { bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1); }
  // The entry's own bytes within its bundle.
  std::size_t place_of(std::size_t index) {
    std::size_t at = 0;
    for (auto i = index / bundle_entries_max * bundle_entries_max; i < index; ++i) at += 2 + body.texts[i].size();
    return at + 2;
  }

  PublishedBody body;
  AuditKnown known{*NoteVerifier::parse(body.signer.vkey()), {}, {}, Instant{1'790'000'000'000}};
};

TEST_F(AuditTest, FindsNothingInAGoodLogAndSaysWhatItRead) {
  auto files = body.publish();
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_TRUE(report.whole);
  EXPECT_EQ(report.entries, 300U);
  EXPECT_EQ(report.records, 99U);
  EXPECT_EQ(report.sealed, 1U);
  EXPECT_EQ(report.bundles, 2U);
  EXPECT_EQ(report.tiles, 3U);
  EXPECT_EQ(report.packs, 1U);
  EXPECT_EQ(report.disclosed_entries, 295U);
  EXPECT_EQ(report.disclosure_files, 2U);
  EXPECT_EQ(report.figures_size, 300U);
  EXPECT_EQ(report.first_day, "2026-03-01");
  EXPECT_EQ(report.last_day, "2026-04-03");
  EXPECT_EQ(report.head->checkpoint.size, 300U);
  for (const auto& [name, bytes] : files.files)
    if (!name.starts_with("disclosures/") && name != "vkey") {
      EXPECT_THAT(files.asked, Contains(name));
    }
}

TEST_F(AuditTest, TakesAnEmptyLog) {
  PublishedBody empty;
  auto files = empty.publish();
  EXPECT_THAT(kinds(audit(files)), IsEmpty());
}

// ---- Files that were changed on their way, or by somebody without the key.

TEST_F(AuditTest, NamesAnEntryOfWhichAByteWasChanged) {
  auto files = body.publish();
  flip(files.files.at("tile/entries/000"), place_of(16) + body.texts[16].find("assigned"));
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), Contains(root_differs));
  EXPECT_EQ(first(report, tile_differs).file, "tile/0/000");
  EXPECT_EQ(first(report, tile_differs).entry, 16U);
}

TEST_F(AuditTest, NamesAnEntryWhateverByteOfItWasChanged) {
  const auto good = body.publish();
  for (std::size_t at = 0; at < body.texts[19].size(); at += 7) {
    auto files = good;
    flip(files.files.at("tile/entries/000"), place_of(19) + at);
    const auto report = audit(files);
    EXPECT_EQ(first(report, tile_differs).entry, 19U) << "byte " << at;
    EXPECT_EQ(report.findings.count(root_differs), 1U) << "byte " << at;
  }
}

TEST_F(AuditTest, NamesTheHashOfATileWhateverItsLevel) {
  EXPECT_THAT(found_after([](auto& files) { flip(files.files.at("tile/0/000"), 77); }), ElementsAre(tile_differs));
  EXPECT_THAT(found_after([](auto& files) { flip(files.files.at("tile/0/001.p/44"), 3); }), ElementsAre(tile_differs));
  EXPECT_THAT(found_after([](auto& files) { flip(files.files.at("tile/1/000.p/1"), 5); }), ElementsAre(tile_differs));
  auto files = body.publish();
  flip(files.files.at("tile/0/001.p/44"), 40 * 32 + 1);
  const auto finding = first(audit(files), tile_differs);
  EXPECT_EQ(finding.file, "tile/0/001.p/44");
  EXPECT_EQ(finding.entry, 296U);
  EXPECT_EQ(finding.expected, to_base64(leaf_hash(as_bytes(body.texts[296]))));
  EXPECT_NE(finding.found, finding.expected);
}

TEST_F(AuditTest, NamesWhatIsMissingOrCutShort) {
  EXPECT_THAT(found_after([](auto& files) { files.files.erase("tile/0/000"); }), ElementsAre(file_missing));
  EXPECT_THAT(found_after([](auto& files) { files.files.at("tile/0/001.p/44").resize(44 * 32 - 1); }),
              ElementsAre(file_malformed));
  EXPECT_THAT(found_after([](auto& files) { files.files.at("tile/0/000") += 'x'; }), ElementsAre(file_malformed));
  EXPECT_THAT(found_after([](auto& files) { files.files.erase("tile/entries/001.p/44"); }), ElementsAre(file_missing));
  EXPECT_THAT(found_after([](auto& files) { files.files.at("tile/entries/001.p/44").pop_back(); }), ElementsAre(file_malformed));
  EXPECT_THAT(found_after([](auto& files) { files.files.at("tile/entries/001.p/44").resize(2'000'000); }),
              ElementsAre(file_malformed));
  EXPECT_THAT(found_after([](auto& files) { files.files.erase("figures.json"); }), ElementsAre(file_missing));
  auto files = body.publish();
  files.files.erase("tile/entries/001.p/44");
  EXPECT_FALSE(audit(files).whole) << "what cannot be read is not called good";
}

TEST_F(AuditTest, NamesACheckpointThatTheKeyDidNotSign) {
  const auto change = [](std::string_view what, std::string_view with) {
    return [=](FilesInMemory& files) {
      auto& note = files.files.at("checkpoint");
      note.replace(note.find(what), what.size(), with);
    };
  };
  EXPECT_THAT(found_after(change("\n300\n", "\n299\n")), ElementsAre(signature_wrong));
  EXPECT_THAT(found_after(change("log.example/town/log1\n", "log.example/city/log1\n")), ElementsAre(origin_differs));
  EXPECT_THAT(found_after([](auto& files) { files.files.at("checkpoint") = "<html>"; }), ElementsAre(checkpoint_malformed));
  EXPECT_THAT(found_after([&](auto& files) {
                auto& note = files.files.at("checkpoint");
                const auto at = note.find("300\n") + 4;
                note[at] = note[at] == 'A' ? 'B' : 'A';
              }),
              ElementsAre(signature_wrong));
}

TEST_F(AuditTest, NamesASignedRootThatTheEntriesDoNotLeadTo) {
  EXPECT_THAT(found_after([&](auto& files) {
                files.files.at("checkpoint") = body.signer.sign(checkpoint_text({body.signer.name(), 300, crypto::sha256("x")}));
              }),
              ElementsAre(root_differs));
}

TEST_F(AuditTest, SaysThatNothingIsThere) {
  FilesInMemory nothing;
  const auto report = audit_log(nothing, known, [](auto, auto) {});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::not_found);
}

// log.md, "Rules": only the path above a tile shows an entry that was forged together with it.
TEST_F(AuditTest, NamesAnEntryForgedTogetherWithItsTileAmongSeventyThousand) {
  PublishedBody large;
  for (unsigned record = 0; record < 70'000; ++record) large.act({record, "submitted", "2026-03-01"});
  auto files = large.publish();
  EXPECT_TRUE(files.files.contains("tile/2/000.p/1"));
  EXPECT_THAT(kinds(audit(files)), IsEmpty());
  constexpr std::size_t index = 300;
  auto forged = large.texts[index];
  forged.replace(forged.find("officer"), 7, "steward");
  auto texts = std::vector<std::string>(large.texts.begin() + 256, large.texts.begin() + 512);
  texts[index - 256] = forged;
  files.files.at("tile/entries/001") = as_text(write_bundle(texts));
  const auto hash = leaf_hash(as_bytes(forged));
  files.files.at("tile/0/001").replace((index - 256) * sizeof(Hash), sizeof(Hash), as_text(hash));
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(tile_differs, root_differs));
  const auto finding = first(report, tile_differs);
  EXPECT_EQ(finding.file, "tile/1/000");
  EXPECT_EQ(finding.entry, 256U);
  EXPECT_EQ(finding.detail, "256-511");
  EXPECT_EQ(report.findings.count(tile_differs), 2U) << "the level above it, too: tile/2/000.p/1";
}

// ---- What the body itself wrote, and signed.

TEST_F(AuditTest, NamesAnEntryThatWasTakenAwayOrMoved) {
  auto removed = body;
  removed.texts.erase(removed.texts.begin() + 4);
  removed.disclosures.erase(removed.disclosures.begin() + 4);
  auto files = removed.publish();
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(chain_number, chain_prev));
  EXPECT_EQ(first(report, chain_number).entry, 4U);
  EXPECT_EQ(first(report, chain_number).expected, "2");
  EXPECT_EQ(first(report, chain_number).found, "3");
  std::swap(body.texts[4], body.texts[5]);
  std::swap(body.disclosures[4], body.disclosures[5]);
  EXPECT_THAT(kinds(audit(files = body.publish())), ElementsAre(chain_number, chain_prev));
}

TEST_F(AuditTest, NamesABrokenChain) {
  const auto prev_of = [&](std::size_t index) {
    return body.texts.at(index).substr(body.texts.at(index).find("\"prev\":") + 8, 43);
  };
  const auto mine = prev_of(1), other = prev_of(4);
  rewrite(1, mine, other);
  rewrite(4, other, mine);
  auto files = body.publish();
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(chain_prev));
  EXPECT_EQ(first(report, chain_prev).entry, 1U);
  EXPECT_EQ(first(report, chain_prev).expected, mine);
  EXPECT_EQ(first(report, chain_prev).found, other);
}

TEST_F(AuditTest, NamesAnEntryThatIsNone) {
  rewrite(295, "\"n\":1,", "");
  auto files = body.publish();
  auto report = audit(files);
  EXPECT_THAT(kinds(report), Contains(entry_unknown));
  EXPECT_EQ(first(report, entry_unknown).entry, 295U);
  body.texts[295] = "{ }";
  EXPECT_THAT(kinds(audit(files = body.publish())), Contains(entry_not_canonical));
  body.texts[295] = R"({"v":1.0e2})";
  EXPECT_THAT(kinds(audit(files = body.publish())), Contains(entry_not_canonical));
  body.texts[295] = "{\"a\":\"" + std::string(entry_bytes_max, 'x') + "\"}";
  EXPECT_THAT(kinds(audit(files = body.publish())), Contains(entry_too_long));
}

TEST_F(AuditTest, NamesADayThatGoesBackwards) {
  body.act({202, "submitted", "2026-04-02"});
  auto files = body.publish();
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(day_backwards));
  EXPECT_EQ(first(report, day_backwards).entry, 300U);
  EXPECT_EQ(first(report, day_backwards).expected, "2026-04-03");
}

TEST_F(AuditTest, AllowsADayBackWithAnotherTimeZoneAndNoMore) {
  const std::string west = R"({"k":3,"zone":"America/Lima"})";
  body.pack_in_force = crypto::sha256(west);
  body.packs[body.pack_in_force] = west;
  body.act({202, "submitted", "2026-04-02"});
  auto files = body.publish();
  EXPECT_THAT(kinds(audit(files)), IsEmpty());
  body.act({203, "submitted", "2026-04-01"});
  EXPECT_THAT(kinds(audit(files = body.publish())), ElementsAre(day_backwards));
}

TEST_F(AuditTest, NamesADayAfterTheOneOnWhichItWasSeen) {
  auto files = body.publish();
  known.now = *instant_from_rfc3339("2026-04-02T09:00:00Z");
  EXPECT_THAT(kinds(audit(files)), ElementsAre(dated_ahead)) << "it is not the third anywhere yet";
  known.now = *instant_from_rfc3339("2026-04-02T10:00:00Z");
  EXPECT_THAT(kinds(audit(files)), IsEmpty());
  known.now = *instant_from_rfc3339("2026-05-01T00:00:00Z");
  known.witnesses.push_back(*NoteVerifier::parse(body.witness.vkey()));
  files.files["checkpoint"] = body.witnessed(files.files["checkpoint"], 1'775'000'000);  // 31 March
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(dated_ahead));
  EXPECT_EQ(first(report, dated_ahead).entry, 150U);
  EXPECT_EQ(report.head->vouched.size(), 1U);
}

TEST_F(AuditTest, NamesADayBeforeWitnessesSawTheLogWithoutTheEntry) {
  known.witnesses.push_back(*NoteVerifier::parse(body.witness.vkey()));
  known.kept = body.witnessed(body.publish().files["checkpoint"], 1'775'606'400);  // 8 April
  body.act({202, "submitted", "2026-04-06"});
  auto files = body.publish();
  EXPECT_THAT(kinds(audit(files)), IsEmpty()) << "a day for publishing, and one for the time zone";
  body.texts.pop_back();
  body.disclosures.pop_back();
  body.act({203, "submitted", "2026-04-05"});
  const auto report = audit(files = body.publish());
  EXPECT_THAT(kinds(report), ElementsAre(dated_back));
  EXPECT_EQ(first(report, dated_back).entry, 300U);
}

TEST_F(AuditTest, NamesRulesThatWereChangedOrAreMissing) {
  const auto name = "packs/" + to_hex(body.pack_in_force);
  EXPECT_THAT(found_after([&](auto& files) { files.files.at(name) += ' '; }), Contains(pack_differs));
  EXPECT_THAT(found_after([&](auto& files) { files.files.erase(name); }), Contains(file_missing));
}

TEST_F(AuditTest, NamesALineByAWitnessThatItDidNotWrite) {
  known.witnesses.push_back(*NoteVerifier::parse(body.witness.vkey()));
  auto files = body.publish();
  auto& note = files.files["checkpoint"];
  note += to_text(body.witness.cosign("another text\n", 1'780'000'000));
  EXPECT_THAT(kinds(audit(files)), ElementsAre(witness_wrong));
}

// ---- Disclosures and figures.

TEST_F(AuditTest, NamesADisclosureOfWhichSaltOrValueWasChanged) {
  for (const bool salt : {true, false}) {
    auto files = body.publish();
    auto& file = files.files.at(std::string(march));
    auto line = *parse_disclosed_line(std::string_view(file).substr(0, file.find('\n')));
    auto& text = line.texts.at(2);
    if (salt) text[3] = text[3] == 'A' ? 'B' : 'A';
    else text.replace(text.find("web"), 3, "sms");
    file.replace(0, file.find('\n') + 1, disclosed_line(line.index, line.texts));
    const auto report = audit(files);
    EXPECT_THAT(kinds(report), Contains(disclosure_foreign)) << salt;
    EXPECT_EQ(first(report, disclosure_foreign).entry, 0U);
    EXPECT_EQ(first(report, disclosure_foreign).file, march);
    EXPECT_EQ(first(report, disclosure_foreign).found, to_base64url(Disclosure{text}.digest()));
  }
}

// A reader of JSON takes the second list, one that looks for strings the first.
TEST_F(AuditTest, IsNotFooledByALineWithTwoLists) {
  auto files = body.publish();
  auto& file = files.files.at(std::string(march));
  auto line = *parse_disclosed_line(std::string_view(file).substr(0, file.find('\n')));
  const auto good = disclosed_line(line.index, line.texts);
  line.texts.at(0).replace(line.texts.at(0).find("2026"), 4, "2025");
  const auto forged = disclosed_line(line.index, line.texts);
  const auto list = good.find(",\"disclosures\"");
  file.replace(0, good.size(), good.substr(0, good.size() - 2) + forged.substr(list));
  EXPECT_THAT(kinds(audit(files)), Contains(testing::AnyOf(disclosure_foreign, disclosure_malformed)));
}

TEST_F(AuditTest, NamesAnEntryOfAFullCellWithoutALine) {
  auto files = body.publish();
  auto& file = files.files.at(std::string(march));
  file.erase(0, file.find('\n') + 1);
  auto report = audit(files);
  EXPECT_THAT(kinds(report), Contains(disclosure_missing));
  EXPECT_EQ(first(report, disclosure_missing).entry, 0U);
  EXPECT_EQ(first(report, disclosure_missing).file, march);
  files.files.erase(std::string(march));
  report = audit(files);
  EXPECT_EQ(report.findings.count(disclosure_missing), 154U) << "the whole month, with what came later of its cases";
}

TEST_F(AuditTest, NamesALineOfACellThatIsTooSmall) {
  auto files = body.publish();
  auto& file = files.files.at("disclosures/2026-04.jsonl");
  file += disclosed_line(291, body.disclosures[291]);
  EXPECT_THAT(kinds(audit(files)), ElementsAre(disclosure_early));
}

TEST_F(AuditTest, NamesLinesOutOfPlace) {
  const auto insert_first = [&](std::size_t index) {
    return [this, index](FilesInMemory& files) {
      files.files.at(std::string(march)).insert(0, disclosed_line(index, body.disclosures[index]));
    };
  };
  EXPECT_THAT(found_after(insert_first(200)), Contains(disclosure_misplaced)) << "of April, and all after it is out of order";
  EXPECT_THAT(found_after([&](auto& files) { files.files.at(std::string(march)) += disclosed_line(300, body.disclosures[0]); }),
              ElementsAre(disclosure_misplaced))
      << "of no entry that there is";
  EXPECT_THAT(found_after([&](auto& files) { files.files.at(std::string(march)) += disclosed_line(299, body.disclosures[299]); }),
              ElementsAre(disclosure_misplaced))
      << "for the second time, the last of its month";
  EXPECT_THAT(found_after([](auto& files) { files.files.at(std::string(march)) += "{}\n"; }), ElementsAre(disclosure_malformed));
  EXPECT_THAT(found_after([](auto& files) { files.files.at(std::string(march)) += std::string(3'000'000, 'x'); }),
              ElementsAre(disclosure_malformed));
}

TEST_F(AuditTest, NamesATimeThatIsNotOfTheEntrysDay) {
  const auto good = body.disclosures[3];
  for (const auto& [moment, faults] :
       std::vector<std::pair<std::string, std::vector<AuditFault>>>{{"2026-02-27T23:00:00.000Z", {time_unfit}},
                                                                    {"2026-02-28T17:00:00.000Z", {}},
                                                                    {"2026-03-03T00:00:00.000Z", {time_unfit}}}) {
    PublishedBody other;
    for (unsigned record = 0; record < 3; ++record) other.live(record, "2026-03-01", "housing");
    auto entry = *parse_entry(other.texts[8]);
    const auto made = disclose({}, "t", '"' + moment + '"');
    *std::ranges::find(entry.fine, Disclosure{other.disclosures[8][0]}.digest()) = made.digest();
    other.texts[8] = canonical(entry);
    other.disclosures[8][0] = made.text;
    auto files = other.publish();
    EXPECT_EQ(kinds(audit(files)), faults) << moment;
  }
}

TEST_F(AuditTest, NamesTimesThatAreHeldBackButForErasedCases) {
  const auto hold_back = [&](std::size_t index) {
    auto changed = body;
    auto& facts = changed.disclosures[index];
    facts.erase(facts.begin(), facts.begin() + 2);
    auto files = changed.publish();
    return audit(files);
  };
  const auto report = hold_back(3);
  EXPECT_THAT(kinds(report), ElementsAre(time_missing));
  EXPECT_EQ(first(report, time_missing).entry, 3U);
  EXPECT_THAT(kinds(hold_back(6)), IsEmpty()) << "the case of record 2 was erased";
}

TEST_F(AuditTest, NamesEachFigureThatDoesNotFollow) {
  const auto edit = [&](std::string_view what, std::string_view with) {
    auto files = body.publish();
    auto& text = files.files.at("figures.json");
    EXPECT_NE(text.find(what), std::string::npos) << text;
    text.replace(text.find(what), what.size(), with);
    return audit(files);
  };
  const auto report = edit("\"answered\":50", "\"answered\":49");
  EXPECT_THAT(kinds(report), ElementsAre(figure_differs));
  const auto finding = first(report, figure_differs);
  EXPECT_EQ(finding.detail, "cells 2026-03 housing answered");
  EXPECT_EQ(finding.expected, "50");
  EXPECT_EQ(finding.found, "49");
  EXPECT_EQ(first(edit("\"entries\":1", "\"entries\":0"), figure_differs).detail, "sealed 2026-04 entries");
  EXPECT_EQ(first(edit("\"size\":300", "\"size\":301"), figure_differs).detail, "size");
  EXPECT_THAT(kinds(edit("{\"cells\"", "{ \"cells\"")), ElementsAre(figures_malformed));
  EXPECT_THAT(kinds(edit("{", "x")), ElementsAre(figures_malformed));
  EXPECT_EQ(first(edit("\"unit\":\"roads\"", "\"unit\":\"rails\""), figure_differs).file, "figures.json");
}

// ---- Against an earlier audit.

TEST_F(AuditTest, SeesThatTheLogGoesOnFromTheKeptOne) {
  known.kept = body.publish().files["checkpoint"];
  for (unsigned record = 300; record < 400; ++record) body.live(record, "2026-04-04", "housing");
  auto files = body.publish();
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_TRUE(report.begins_with_kept);
  EXPECT_EQ(report.kept->checkpoint.size, 300U);
}

TEST_F(AuditTest, NamesALogThatWentBackOrForked) {
  const auto kept = body.publish().files["checkpoint"];
  known.kept = kept;
  auto shorter = body;
  shorter.texts.pop_back();
  shorter.disclosures.pop_back();
  auto files = shorter.publish();
  EXPECT_THAT(kinds(audit(files)), ElementsAre(went_back));
  shorter.act({500, "submitted", "2026-04-03"});
  EXPECT_THAT(kinds(audit(files = shorter.publish())), ElementsAre(forked)) << "the same size";
  shorter.act({501, "submitted", "2026-04-03"});
  const auto report = audit(files = shorter.publish());
  EXPECT_THAT(kinds(report), ElementsAre(forked)) << "longer by now";
  EXPECT_EQ(report.findings.count(forked), 1U);
  EXPECT_TRUE(report.findings.has_gravest());
  EXPECT_FALSE(report.begins_with_kept);
  EXPECT_EQ(report.kept->note, kept);
  EXPECT_EQ(report.shown, files.files["checkpoint"]);
}

// Two signed roots of one size are evidence, whatever the files are.
TEST_F(AuditTest, NamesAnotherRootOfTheSameSizeThoughTheEntriesAreTheSame) {
  auto files = body.publish();
  known.kept = files.files["checkpoint"];
  files.files["checkpoint"] = body.signer.sign(checkpoint_text({body.signer.name(), 300, crypto::sha256("x")}));
  EXPECT_THAT(kinds(audit(files)), ElementsAre(forked, root_differs));
}

TEST_F(AuditTest, RefusesAKeptCheckpointThatTheKeyDidNotSign) {
  known.kept = NoteSigner(body.signer.name(), sample_key(9)).sign(checkpoint_text({body.signer.name(), 1, crypto::sha256("x")}));
  auto files = body.publish();
  const auto report = audit_log(files, known, [](auto, auto) {});
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::invalid);
}

// ---- A log that grows meanwhile.

TEST_F(AuditTest, FollowsALogThatGrowsWhileItIsRead) {
  const auto before = body.publish();
  for (unsigned record = 300; record < 310; ++record) body.live(record, "2026-04-04", "roads");  // opens the cell of record 200
  const auto after = body.publish();
  FilesInMemory files = before;
  // Partial files stay as they were for a while, as in a cache on the way.
  files.before_read = [&](const std::string& name) {
    if (name == "tile/entries/000") {
      files.files = after.files;
      for (const auto& [path, bytes] : before.files)
        if (path.find(".p/") != std::string::npos) files.files[path] = bytes;
    }
  };
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_EQ(report.entries, 330U);
  EXPECT_EQ(report.figures_size, 300U) << "the figures were those of the head before";
}

TEST_F(AuditTest, NamesAnEntryThatCameInTwoVersions) {
  const auto before = body.publish();
  for (unsigned record = 300; record < 310; ++record) body.live(record, "2026-04-04", "roads");
  auto after = body.publish();
  flip(after.files.at("tile/entries/001.p/74"), place_of(257) + body.texts[257].find("officer"));
  FilesInMemory files = after;
  for (const auto* name : {"checkpoint", "figures.json", "tile/0/001.p/44", "tile/entries/001.p/44"})
    files.files[name] = before.files.at(name);
  files.before_read = [&](const std::string& name) {
    if (name == "tile/0/001.p/44") files.files["checkpoint"] = after.files.at("checkpoint");
  };
  const auto report = audit(files);
  EXPECT_THAT(kinds(report), ElementsAre(served_twice));
  EXPECT_EQ(first(report, served_twice).entry, 257U);
}

TEST_F(AuditTest, KeepsABoundedNumberOfFindingsAndCountsAll) {
  auto files = body.publish();
  for (auto& letter : files.files.at("tile/0/000")) letter = 'x';
  const auto report = audit(files);
  EXPECT_EQ(report.findings.count(tile_differs), 256U);
  EXPECT_EQ(report.findings.kept().size(), findings_kept_max);
  EXPECT_EQ(report.findings.all(), 256U);
}

TEST(AuditFaults, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const auto fault : all_audit_faults()) names.insert(name_of(fault));
  EXPECT_EQ(names.size(), audit_faults);
}

}  // namespace
}  // namespace huiyin::log
